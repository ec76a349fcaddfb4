"""Events known by name: what they match and how they are told.

Sources: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html,
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html (stop codes) and
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
(read 2026-11-24)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event pattern, the values its message uses, and the lines of the message.

    `cluster` and `service` are the keys of `detail` that limit it to one of them, or None.
    """

    title: str
    pattern: Mapping[str, Any]
    inputs: Mapping[str, str]
    lines: tuple[str, ...]
    takes_cluster: bool
    takes_service: bool


KNOWN_EVENTS: Mapping[str, KnownEvent] = {
    # Deployments and scaling carry ServiceSchedulerInitiated, `aws ecs stop-task` UserInitiated;
    # neither is in the list. Tasks outside a service have no "service:" group.
    "ecs-task-stopped-unexpectedly": KnownEvent(
        title="An ECS task stopped unexpectedly",
        pattern={
            "source": ["aws.ecs"],
            "detail-type": ["ECS Task State Change"],
            "detail": {
                "lastStatus": ["STOPPED"],
                "stopCode": ["EssentialContainerExited", "TaskFailedToStart"],
                "group": [{"prefix": "service:"}],
            },
        },
        inputs={
            "account": "$.account",
            "cluster": "$.detail.clusterArn",
            "code": "$.detail.stopCode",
            "exit": "$.detail.containers[0].exitCode",
            "group": "$.detail.group",
            "reason": "$.detail.stoppedReason",
            "region": "$.region",
            "task": "$.detail.taskArn",
            "time": "$.detail.stoppedAt",
        },
        lines=(
            "A task of <group> stopped unexpectedly at <time>.",
            "Reason: <reason> (<code>, exit code of the first container: <exit>)",
            "Task: <task>",
            "Cluster: <cluster>",
        ),
        takes_cluster=True,
        takes_service=True,
    ),
    "ecs-deployment-failed": KnownEvent(
        title="An ECS deployment failed",
        pattern={
            "source": ["aws.ecs"],
            "detail-type": ["ECS Deployment State Change"],
            "detail": {"eventName": ["SERVICE_DEPLOYMENT_FAILED"]},
        },
        inputs={
            "deployment": "$.detail.deploymentId",
            "reason": "$.detail.reason",
            "service": "$.resources[0]",
            "time": "$.detail.updatedAt",
        },
        lines=(
            "A deployment of <service> failed at <time>.",
            "Reason: <reason>",
            "Deployment: <deployment>",
        ),
        takes_cluster=True,
        takes_service=True,
    ),
}
