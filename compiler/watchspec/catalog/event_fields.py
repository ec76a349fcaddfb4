"""The fields of events that AWS sends, and the values some of them can have.

Sources: https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html (all events),
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html,
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html,
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html,
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html,
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-cloud-watch-events.html,
https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html and
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
(read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["value", "mapping", "unknown"]

AFTER_THE_STOP = ("stopCode", "stoppedReason", "stoppedAt", "stoppingAt", "executionStoppedAt")
"""What only the event of a stopping or stopped task has."""
BEFORE_THE_STOP = ("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING")

ENVELOPE = (
    "version", "id", "detail-type", "source", "account", "time", "region", "resources",
    "detail", "replay-name", "ingestion-time",
)  # fmt: skip
"""The top level of every event, of AWS or not."""


@dataclass(frozen=True, slots=True)
class EventShape:
    """The `detail` of one kind of event.

    `fields` are dotted paths below it; one that ends in `.*` may hold anything. `values` are all a
    field can have; where AWS lists only examples, there are none. `numbers` are no texts.
    """

    source: str
    detail_type: str
    fields: frozenset[str]
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()

    def kind_of(self, path: str) -> Kind:
        """What stands at a dotted path below `detail`."""
        parts = path.split(".")
        heads = {".".join(parts[: count + 1]) for count in range(len(parts))}
        if path in self.fields or any(f"{head}.*" in self.fields for head in heads):
            return "value"
        return "mapping" if any(one.startswith(f"{path}.") for one in self.fields) else "unknown"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ECS_STATES = (
    "PROVISIONING", "PENDING", "ACTIVATING", "RUNNING", "DEACTIVATING", "STOPPING",
    "DEPROVISIONING", "STOPPED", "DELETED",
)  # fmt: skip
_RDS_FIELDS = _names(
    "EventCategories SourceType SourceArn Date SourceIdentifier Message EventID Tags.*"
)
_EVENT_TYPES = ("INFO", "WARN", "ERROR")
_STATE_FIELDS = frozenset(
    f"{state}.{name}"
    for state in ("state", "previousState")
    for name in _names(
        "value reason reasonData timestamp evaluationState"
        " actionsSuppressedBy actionsSuppressedReason"
    )
)
_ALARM_STATES = ("OK", "ALARM", "INSUFFICIENT_DATA")

SHAPES: tuple[EventShape, ...] = (
    EventShape(
        "aws.ecs",
        "ECS Task State Change",
        _names(
            "attachments.* attributes.* availabilityZone capacityProviderName clusterArn connectivity"
            " connectivityAt containerInstanceArn containers.containerArn containers.cpu"
            " containers.exitCode containers.gpuIds containers.image containers.imageDigest"
            " containers.lastStatus containers.managedAgents.* containers.memory"
            " containers.memoryReservation containers.name containers.networkBindings.*"
            " containers.networkInterfaces.* containers.reason containers.runtimeId containers.taskArn"
            " cpu createdAt desiredStatus enableExecuteCommand ephemeralStorage.* executionStoppedAt"
            " fargateEphemeralStorage.* group inferenceAccelerators.* lastStatus launchType memory"
            " overrides.* platformFamily platformVersion pullStartedAt pullStoppedAt startedAt startedBy"
            " stopCode stoppedAt stoppedReason stoppingAt tags.* taskArn taskDefinitionArn updatedAt"
            " version"
        ),
        {
            "lastStatus": _ECS_STATES,
            "desiredStatus": _ECS_STATES,
            "launchType": ("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"),
            "connectivity": ("CONNECTED", "DISCONNECTED"),
            "stopCode": (
                "TaskFailedToStart",
                "EssentialContainerExited",
                "UserInitiated",
                "ServiceSchedulerInitiated",
                "SpotInterruption",
                "TerminationNotice",
            ),
        },
        frozenset({"containers.exitCode", "version"}),
    ),
    EventShape(
        "aws.ecs",
        "ECS Service Action",
        _names(
            "eventType eventName clusterArn createdAt reason capacityProviderArns"
            " containerInstanceArns desiredCount containerPort ec2InstanceIds serviceRegistryArns"
            " taskArns taskSetArns targetGroupArns taskDefinition.* tasks.*"
        ),
        {"eventType": _EVENT_TYPES},
    ),
    EventShape(
        "aws.ecs",
        "ECS Deployment State Change",
        _names("eventType eventName deploymentId updatedAt reason"),
        {
            "eventType": _EVENT_TYPES,
            "eventName": (
                "SERVICE_DEPLOYMENT_IN_PROGRESS",
                "SERVICE_DEPLOYMENT_COMPLETED",
                "SERVICE_DEPLOYMENT_FAILED",
            ),
        },
    ),
    EventShape("aws.rds", "RDS DB Instance Event", _RDS_FIELDS, {"SourceType": ("DB_INSTANCE",)}),
    EventShape("aws.rds", "RDS DB Cluster Event", _RDS_FIELDS),
    EventShape("aws.rds", "RDS DB Snapshot Event", _RDS_FIELDS),
    EventShape("aws.rds", "RDS DB Cluster Snapshot Event", _RDS_FIELDS),
    EventShape("aws.rds", "RDS DB Parameter Group Event", _RDS_FIELDS),
    EventShape("aws.rds", "RDS DB Security Group Event", _RDS_FIELDS),
    EventShape(
        "aws.health",
        "AWS Health Event",
        _names(
            "eventArn service eventTypeCode eventTypeCategory eventScopeCode communicationId startTime"
            " endTime lastUpdatedTime statusCode eventRegion eventDescription.language"
            " eventDescription.latestDescription eventMetadata.* affectedEntities.* affectedAccount"
            " page totalPages actionability personas backupEvent"
        ),
        {
            "eventTypeCategory": (
                "issue",
                "accountNotification",
                "scheduledChange",
                "investigation",
            ),
            "eventScopeCode": ("ACCOUNT_SPECIFIC", "PUBLIC", "NONE"),
            "statusCode": ("open", "closed", "upcoming"),
        },
    ),
    EventShape(
        "aws.cloudwatch",
        "CloudWatch Alarm State Change",
        _names(
            "alarmName configuration.* alarmTags.* alarmTagsStatus muteDetail.* alarmContributor.*"
        )
        | _STATE_FIELDS,
        {
            "state.value": _ALARM_STATES,
            "previousState.value": _ALARM_STATES,
        },
    ),
)

DETAIL_TYPES: Mapping[str, tuple[str, ...]] = {
    "aws.ecs": (
        "ECS Task State Change", "ECS Service Action", "ECS Deployment State Change",
        "ECS Container Instance State Change",
    ),
    "aws.rds": (
        "RDS DB Instance Event", "RDS DB Cluster Event", "RDS DB Snapshot Event",
        "RDS DB Cluster Snapshot Event", "RDS DB Parameter Group Event",
        "RDS DB Security Group Event", "RDS Custom Engine Version Event",
        "RDS Blue Green Deployment Event", "RDS DB Shard Group Event", "RDS DB Proxy Event",
        "RDS Zero ETL Event",
    ),
    "aws.health": ("AWS Health Event", "AWS Health Abuse Event"),
    "aws.cloudwatch": ("CloudWatch Alarm State Change", "CloudWatch Alarm Configuration Change"),
}  # fmt: skip
"""What some sources call their events.

Source: https://docs.aws.amazon.com/eventbridge/latest/ref/events.html (read 2026-11-24)
"""

VIA_CLOUDTRAIL = (
    "AWS API Call via CloudTrail", "AWS Service Event via CloudTrail",
    "AWS Console Action via CloudTrail", "AWS Console Sign In via CloudTrail",
    "AWS Insight via CloudTrail",
)  # fmt: skip
"""Kinds of events that every source has.

Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html (read 2026-11-24)
"""

NOT_VALUES: Mapping[tuple[str, str], str] = {
    ("stopCode", "OutOfMemory"): "a task that runs out of memory stops as EssentialContainerExited",
    (
        "stopCode",
        "OutOfMemoryError",
    ): "a task that runs out of memory stops as EssentialContainerExited",
}
"""What people take for a value: the field and the word, and how it is.

Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html (read 2026-11-24)
"""
