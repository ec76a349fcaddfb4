"""Moto's server with what its CloudFormation lacks. Run as a process: moto_stand_in.py PORT.

Moto says CREATE_COMPLETE of types it does not know, without making anything. The types below are
made through the server's own API instead: botocore then refuses any property that the service does
not have, and what was made is read back like everything else. The patches mend what differs from
CloudFormation in a deploy; `test_e2e_fakes.py` lists what is left.
"""

from __future__ import annotations

import json
import sys
import uuid
from typing import Any
from urllib.parse import urlsplit

import boto3
from moto.cloudformation.exceptions import UnformattedGetAttTemplateException
from moto.cloudformation.models import ChangeSet
from moto.cloudformation.parsing import ResourceMap
from moto.cloudformation.responses import CloudFormationResponse
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.common_models import CloudFormationModel
from moto.logs.models import logs_backends
from moto.logs.responses import LogsResponse
from moto.server import main

PORT = sys.argv[1]
Properties = dict[str, Any]


def connect(service: str, region: str) -> Any:
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=f"http://127.0.0.1:{PORT}",
        aws_access_key_id="none",
        aws_secret_access_key="none",  # noqa: S106 - nobody checks it
    )


class ApiResource:
    """A resource that is put and removed through the API of its service."""

    type_name = ""
    name_property = ""
    physical_resource_id = ""

    def __init__(self, region: str, properties: Properties) -> None:
        self.region = region
        self.properties = properties

    def put(self, earlier: str | None) -> str:
        """Make it, or change what `earlier` names; gives its physical id."""
        raise NotImplementedError

    def remove(self) -> None:
        raise NotImplementedError

    @classmethod
    def cloudformation_type(cls) -> str:
        return cls.type_name

    @classmethod
    def cloudformation_name_type(cls) -> str:
        return cls.name_property

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:  # noqa: ARG003 - moto's signature
        return False

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: Properties,
        account_id: str,  # noqa: ARG003 - moto hands it over by name
        region_name: str,
        **kwargs: Any,  # noqa: ARG003 - moto hands it over by name
    ) -> ApiResource:
        properties = dict(cloudformation_json.get("Properties", {}))
        if cls.name_property:
            properties.setdefault(cls.name_property, resource_name)
        made = cls(region_name, properties)
        made.physical_resource_id = made.put(None)
        return made

    @classmethod
    def update_from_cloudformation_json(
        cls,
        original_resource: ApiResource,
        new_resource_name: str,
        cloudformation_json: Properties,
        account_id: str,  # noqa: ARG003 - moto hands it over by name
        region_name: str,
    ) -> ApiResource:
        properties = dict(cloudformation_json.get("Properties", {}))
        if cls.name_property:
            properties.setdefault(cls.name_property, new_resource_name)
        made = cls(region_name, properties)
        made.physical_resource_id = made.put(original_resource.physical_resource_id)
        if made.physical_resource_id != original_resource.physical_resource_id:
            original_resource.remove()
        return made

    def delete(self, account_id: str, region_name: str) -> None:  # noqa: ARG002 - moto's signature
        self.remove()


class Alarm(ApiResource):
    type_name = "AWS::CloudWatch::Alarm"
    name_property = "AlarmName"
    operation = "put_metric_alarm"
    kind = "MetricAlarm"

    def put(self, earlier: str | None) -> str:  # noqa: ARG002 - put replaces by name
        getattr(connect("cloudwatch", self.region), self.operation)(**self.properties)
        name: str = self.properties["AlarmName"]
        return name

    def remove(self) -> None:
        names = [self.physical_resource_id]
        connect("cloudwatch", self.region).delete_alarms(AlarmNames=names)

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        return attr == "Arn"

    def get_cfn_attribute(self, attribute_name: str) -> str:
        """The ARN, as the service says it; dashboards ask for it."""
        if attribute_name != "Arn":
            raise UnformattedGetAttTemplateException
        answer = connect("cloudwatch", self.region).describe_alarms(
            AlarmNames=[self.physical_resource_id], AlarmTypes=[self.kind]
        )
        (found,) = answer[f"{self.kind}s"]
        arn: str = found["AlarmArn"]
        return arn


class CompositeAlarm(Alarm):
    type_name = "AWS::CloudWatch::CompositeAlarm"
    operation = "put_composite_alarm"
    kind = "CompositeAlarm"


class LogGroup(ApiResource):
    type_name = "AWS::Logs::LogGroup"
    name_property = "LogGroupName"

    def put(self, earlier: str | None) -> str:
        logs = connect("logs", self.region)
        name: str = self.properties["LogGroupName"]
        tags = {one["Key"]: one["Value"] for one in self.properties.get("Tags", [])}
        if name != earlier:
            logs.create_log_group(logGroupName=name)
        if tags:
            logs.tag_log_group(logGroupName=name, tags=tags)
        if "RetentionInDays" in self.properties:
            days = self.properties["RetentionInDays"]
            logs.put_retention_policy(logGroupName=name, retentionInDays=days)
        else:
            logs.delete_retention_policy(logGroupName=name)
        return name

    def remove(self) -> None:
        connect("logs", self.region).delete_log_group(logGroupName=self.physical_resource_id)


class MetricFilter(ApiResource):
    type_name = "AWS::Logs::MetricFilter"
    name_property = "FilterName"

    def put(self, earlier: str | None) -> str:
        if earlier is not None:
            self.physical_resource_id = earlier
            self.remove()
        request = lower_names(self.properties)
        for transformation in request["metricTransformations"]:
            if "dimensions" in transformation:
                pairs = transformation["dimensions"]
                transformation["dimensions"] = {one["key"]: one["value"] for one in pairs}
        connect("logs", self.region).put_metric_filter(**request)
        name: str = self.properties["FilterName"]
        return name

    def remove(self) -> None:
        connect("logs", self.region).delete_metric_filter(
            filterName=self.physical_resource_id, logGroupName=self.properties["LogGroupName"]
        )


class QueryDefinition(ApiResource):
    type_name = "AWS::Logs::QueryDefinition"

    def put(self, earlier: str | None) -> str:
        request = lower_names(self.properties)
        if earlier is not None:
            request["queryDefinitionId"] = earlier
        answer = connect("logs", self.region).put_query_definition(**request)
        query_id: str = answer["queryDefinitionId"]
        return query_id

    def remove(self) -> None:
        query_id = self.physical_resource_id
        connect("logs", self.region).delete_query_definition(queryDefinitionId=query_id)


class Subscription(ApiResource):
    type_name = "AWS::SNS::Subscription"

    def put(self, earlier: str | None) -> str:  # noqa: ARG002 - what it subscribes is its identity
        answer = connect("sns", self.region).subscribe(**self.properties)
        arn: str = answer["SubscriptionArn"]
        return arn

    def remove(self) -> None:
        connect("sns", self.region).unsubscribe(SubscriptionArn=self.physical_resource_id)


class TopicPolicy(ApiResource):
    type_name = "AWS::SNS::TopicPolicy"

    def put(self, earlier: str | None) -> str:
        policy = json.dumps(self.properties["PolicyDocument"])
        for topic in self.properties["Topics"]:
            connect("sns", self.region).set_topic_attributes(
                TopicArn=topic, AttributeName="Policy", AttributeValue=policy
            )
        return earlier or str(uuid.uuid4())

    def remove(self) -> None:
        """The policy goes with its topics."""


class HealthCheck(ApiResource):
    type_name = "AWS::Route53::HealthCheck"

    def put(self, earlier: str | None) -> str:
        # Its own model in moto loses EnableSNI and cannot be deleted.
        route53 = connect("route53", self.region)
        config = self.properties["HealthCheckConfig"]
        if earlier is not None:
            settings = {key: value for key, value in config.items() if key != "Type"}
            route53.update_health_check(HealthCheckId=earlier, **settings)
            return earlier
        answer = route53.create_health_check(
            CallerReference=str(uuid.uuid4()), HealthCheckConfig=config
        )
        check_id: str = answer["HealthCheck"]["Id"]
        tags = self.properties.get("HealthCheckTags", [])
        route53.change_tags_for_resource(
            ResourceType="healthcheck", ResourceId=check_id, AddTags=tags
        )
        return check_id

    def remove(self) -> None:
        check_id = self.physical_resource_id
        connect("route53", self.region).delete_health_check(HealthCheckId=check_id)


KINDS: tuple[type[ApiResource], ...] = (
    Alarm,
    CompositeAlarm,
    LogGroup,
    MetricFilter,
    QueryDefinition,
    Subscription,
    TopicPolicy,
    HealthCheck,
)
# Moto takes every direct subclass of CloudFormationModel; of two for one type, the later.
MODELS = tuple(type(kind.__name__, (kind, CloudFormationModel), {}) for kind in KINDS)


def lower_names(value: Any) -> Any:
    """CloudFormation's FilterName is the API's filterName."""
    if isinstance(value, dict):
        return {key[:1].lower() + key[1:]: lower_names(one) for key, one in value.items()}
    return [lower_names(one) for one in value] if isinstance(value, list) else value


def put_query_definition(response: Any) -> str:
    query_id = response._get_param("queryDefinitionId") or str(uuid.uuid4())  # noqa: SLF001
    names = ("name", "queryString", "logGroupNames")
    stored = {name: response._get_param(name) for name in names}  # noqa: SLF001
    _queries(response)[query_id] = {"queryDefinitionId": query_id, **stored}
    return json.dumps({"queryDefinitionId": query_id})


def describe_query_definitions(response: Any) -> str:
    return json.dumps({"queryDefinitions": list(_queries(response).values())})


def delete_query_definition(response: Any) -> str:
    found = _queries(response).pop(response._get_param("queryDefinitionId"), None)  # noqa: SLF001
    return json.dumps({"success": found is not None})


def _queries(response: Any) -> dict[str, Any]:
    backend = logs_backends[response.current_account][response.region]
    stored: dict[str, Any] = backend.__dict__.setdefault("query_definitions", {})
    return stored


def read_uploaded_template(response: Any, url: str) -> str:
    """Moto looks for the bucket in the name of the host; on loopback it stands in the path."""
    bucket, key = urlsplit(url).path.lstrip("/").split("/", 1)
    answer = connect("s3", response.region).get_object(Bucket=bucket, Key=key)
    text: str = answer["Body"].read().decode()
    return text


def apply_change_set(change_set: Any) -> None:
    """As moto does it; then the outputs and parameters of the stack are those of the change set."""
    stack = change_set.stack
    stack.resource_map.update(change_set.template_dict, change_set.parameters)
    stack.template = change_set.template
    stack.template_dict = change_set.template_dict
    stack.parameters = change_set.parameters
    stack.tags = change_set.tags or stack.tags
    stack.output_map = stack._create_output_map()  # noqa: SLF001


def delete_resources(resources: Any) -> None:
    """As moto does it; RetainExceptOnCreate keeps a resource whose stack was once complete."""
    for resource in resources._resource_json_map.values():  # noqa: SLF001
        if resource.get("DeletionPolicy") == "RetainExceptOnCreate":
            resource["DeletionPolicy"] = "Retain"
    original_delete(resources)


original_delete = ResourceMap.delete
ResourceMap.delete = delete_resources
ChangeSet.apply = apply_change_set
# CloudFormation makes a failed change set of no changes; moto would refuse the request.
CloudFormationResponse._validate_different_update = lambda *_: None  # noqa: SLF001
CloudFormationResponse._get_stack_from_s3_url = read_uploaded_template  # noqa: SLF001
CloudWatchResponse.put_composite_alarm = CloudWatchResponse.put_metric_alarm
LogsResponse.put_query_definition = put_query_definition
LogsResponse.describe_query_definitions = describe_query_definitions
LogsResponse.delete_query_definition = delete_query_definition

if __name__ == "__main__":
    main(["-H", "127.0.0.1", "-p", PORT])
