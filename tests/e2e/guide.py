"""The monitoring guide of the AI video pipeline as tables: what has to exist in an environment.

Every line is what `reading.py` says of a thing read back from the services.
"""

from __future__ import annotations

HOST = "api.ai-video.example.com"
LOGS_OF_PROD = {"/ecs/migrations": 30}
QUERIES = (
    "Database Connection Errors",
    "Error Rate by Endpoint",
    "Failed Generation Jobs",
    "Slowest API Endpoints",
)
DASHBOARDS = ("application", "cost", "infrastructure")


# fmt: off
def alarms(environment: str) -> dict[str, str]:
    """What every alarm of an environment is about, by its name."""
    ecs = "[ClusterName=ai-video-cluster ServiceName=ai-video-backend-service]"
    rds = f"[DBInstanceIdentifier=ai-video-{environment}-database]"
    redis = "[CacheClusterId=ai-video-redis-001]"
    s3 = f"[BucketName=ai-video-{environment}-bucket StorageType=StandardStorage]"
    errors = f"Sum ai-video/{environment} api_4xx + Sum ai-video/{environment} api_5xx"
    requests = f"Sum ai-video/{environment} api_requests"
    table = {
        # the four that mean: act now
        "ecs-service-unhealthy": f"Minimum ECS/ContainerInsights RunningTaskCount {ecs} < 1 | 2 of 2 x 60 s | breaching | critical, critical when OK",
        "rds-cpu-critical": f"Average AWS/RDS CPUUtilization {rds} > 90 | 5 of 5 x 60 s | missing | critical, critical when OK",
        "rds-storage-critical": f"Minimum AWS/RDS FreeStorageSpace {rds} < 2000000000 | 5 of 5 x 60 s | missing | critical, critical when OK",
        "api-error-rate-critical": f"100 * ({errors}) / {requests} > 10 | 5 of 5 x 60 s | notBreaching | critical, critical when OK",
        # the four that mean: look soon
        "ecs-cpu-warning": f"Average AWS/ECS CPUUtilization {ecs} > 70 | 10 of 10 x 60 s | missing | warning",
        "ecs-memory-warning": f"Average AWS/ECS MemoryUtilization {ecs} > 80 | 10 of 10 x 60 s | missing | warning",
        "rds-connections-warning": f"Average AWS/RDS DatabaseConnections {rds} > 80 | 10 of 10 x 60 s | missing | warning",
        "redis-memory-warning": f"Average AWS/ElastiCache DatabaseMemoryUsagePercentage {redis} > 80 | 10 of 10 x 60 s | missing | warning",
        # costs, over a day: charges are published every six hours, the size of a bucket once a day
        "monthly-cost-warning": "Maximum AWS/Billing EstimatedCharges [Currency=USD] > 60 | 4 of 4 x 21600 s | missing | warning",
        "s3-storage-warning": f"Average AWS/S3 BucketSizeBytes {s3} > 50000000000 | 1 of 1 x 86400 s | missing | warning",
    }
    if environment == "prod":
        table["health-unhealthy"] = "Minimum AWS/Route53 HealthCheckStatus [/health] < 1 | 2 of 2 x 60 s | breaching | critical, critical when OK"
        table["health-detailed-unhealthy"] = "Minimum AWS/Route53 HealthCheckStatus [/health/detailed] < 1 | 5 of 5 x 60 s | breaching | critical, critical when OK"
    return {f"{environment}-{name}": line for name, line in table.items()}


ONLY_IN_US_EAST_1 = ("prod-monthly-cost-warning", "prod-health-unhealthy", "prod-health-detailed-unhealthy")
"""Billing metrics and health-check metrics are published nowhere else."""


def widgets(environment: str) -> dict[str, list[str]]:
    """What every graph of a dashboard shows, in order; lines drawn across it stand in brackets."""
    ecs = "[ClusterName=ai-video-cluster ServiceName=ai-video-backend-service]"
    rds = f"[DBInstanceIdentifier=ai-video-{environment}-database]"
    redis = "[CacheClusterId=ai-video-redis-001]"
    bucket = f"BucketName=ai-video-{environment}-bucket"
    api = f"ai-video/{environment}"
    return {
        "application": [
            f"CPU utilization: Average AWS/ECS CPUUtilization {ecs}; Maximum AWS/ECS CPUUtilization {ecs} (70 warning > 70 %, 90 critical > 90 %)",
            f"Memory utilization: Average AWS/ECS MemoryUtilization {ecs}; Maximum AWS/ECS MemoryUtilization {ecs} (80 warning > 80 %, 90 critical > 90 %)",
            f"Tasks: Minimum ECS/ContainerInsights RunningTaskCount {ecs}; Average ECS/ContainerInsights PendingTaskCount {ecs}; Average ECS/ContainerInsights DesiredTaskCount {ecs} (1 critical < 1)",
            f"Network: Average ECS/ContainerInsights NetworkRxBytes {ecs}; Average ECS/ContainerInsights NetworkTxBytes {ecs} ()",
            f"API requests per minute: Sum {api} api_requests ()",
            f"API errors: Sum {api} api_4xx; Sum {api} api_5xx ()",
            f"API error rate: 100 * (Sum {api} api_4xx + Sum {api} api_5xx) / Sum {api} api_requests (10 critical > 10 %)",
        ],
        "infrastructure": [
            f"RDS CPU: Average AWS/RDS CPUUtilization {rds} (70 warning > 70 %, 90 critical > 90 %)",
            f"Database connections: Average AWS/RDS DatabaseConnections {rds} (80 warning > 80, 100 maximum 100)",
            f"Free storage: Minimum AWS/RDS FreeStorageSpace {rds} (2000000000 critical < 2 GB)",
            f"Read and write IOPS: Average AWS/RDS ReadIOPS {rds}; Average AWS/RDS WriteIOPS {rds} ()",
            f"Redis CPU: Average AWS/ElastiCache CPUUtilization {redis} ()",
            f"Redis memory: Average AWS/ElastiCache DatabaseMemoryUsagePercentage {redis} (80 warning > 80 %)",
            f"Cache hit rate: 100 * Sum AWS/ElastiCache CacheHits {redis} / (Sum AWS/ElastiCache CacheHits {redis} + Sum AWS/ElastiCache CacheMisses {redis}) ()",
            f"Evictions: Sum AWS/ElastiCache Evictions {redis} ()",
            f"Redis connections: Average AWS/ElastiCache CurrConnections {redis} ()",
            f"Storage used: Average AWS/S3 BucketSizeBytes [{bucket} StorageType=StandardStorage] (50000000000 warning > 50 GB)",
            f"Number of objects: Average AWS/S3 NumberOfObjects [{bucket} StorageType=AllStorageTypes] ()",
        ],
        "cost": [
            "Estimated monthly cost: Maximum AWS/Billing EstimatedCharges [Currency=USD] (60 warning > $60, 50 budget $50)",
            "Cost this month: Maximum AWS/Billing EstimatedCharges [Currency=USD] ()",
            ("Cost by service: "
            "Maximum AWS/Billing EstimatedCharges [Currency=USD ServiceName=AmazonEC2]; "
            "Maximum AWS/Billing EstimatedCharges [Currency=USD ServiceName=AmazonECS]; "
            "Maximum AWS/Billing EstimatedCharges [Currency=USD ServiceName=AmazonRDS]; "
            "Maximum AWS/Billing EstimatedCharges [Currency=USD ServiceName=AmazonS3]; "
            "Maximum AWS/Billing EstimatedCharges [Currency=USD ServiceName=AmazonElastiCache]; "
            "Maximum AWS/Billing EstimatedCharges [Currency=USD ServiceName=AmazonECR] ()"),
            f"ECS task running hours: Average ECS/ContainerInsights RunningTaskCount {ecs} * PERIOD(Average ECS/ContainerInsights RunningTaskCount {ecs}) / 3600 ()",
        ],
    }
# fmt: on


def dashboard_of_alarm(environment: str) -> dict[str, str]:
    """The dashboard that shows the state of an alarm, and that the alarm links to."""
    shown = {
        "ecs-service-unhealthy": "application",
        "api-error-rate-critical": "application",
        "ecs-cpu-warning": "application",
        "ecs-memory-warning": "application",
        "rds-cpu-critical": "infrastructure",
        "rds-storage-critical": "infrastructure",
        "rds-connections-warning": "infrastructure",
        "redis-memory-warning": "infrastructure",
        "s3-storage-warning": "infrastructure",
        "monthly-cost-warning": "cost",
    }
    if environment == "prod":
        shown |= {"health-unhealthy": "application", "health-detailed-unhealthy": "application"}
    return {f"{environment}-{name}": dashboard for name, dashboard in shown.items()}


def log_groups(environment: str) -> dict[str, int]:
    """The days for which every log group of an environment keeps its events."""
    days = {"dev": 7, "prod": 30}[environment]
    groups = {
        f"/ecs/{environment}/ai-video-backend": days,
        f"/aws/rds/instance/ai-video-{environment}-database/postgresql": 7,
    }
    return groups | LOGS_OF_PROD if environment == "prod" else groups


def metric_filters(environment: str) -> dict[str, str]:
    """What every metric filter of an environment counts."""
    group, namespace = f"/ecs/{environment}/ai-video-backend", f"ai-video/{environment}"
    patterns = {
        "api_requests": "{ $.status_code = * }",
        "api_4xx": "{ ($.status_code >= 400) && ($.status_code < 500) }",
        "api_5xx": "{ $.status_code >= 500 }",
    }
    return {
        f"{environment}-ai-video-{name}": f"{group}: {pattern} -> 1 or 0 to {namespace} {name}"
        for name, pattern in patterns.items()
    }


def health_checks(environment: str) -> list[str]:
    """The endpoints of an environment that Route 53 asks."""
    if environment == "dev":
        return []
    return [
        f"HTTPS {HOST}:443/health with SNI, every 30 s, 3 failures",
        f'HTTPS_STR_MATCH {HOST}:443/health/detailed with SNI, every 30 s, 3 failures, finds "status": "healthy"',
    ]


def outputs(environment: str, region: str, account: str) -> dict[str, str]:
    """The outputs of the stack of an environment."""
    console = f"https://{region}.console.aws.amazon.com/cloudwatch/home?region={region}"
    topics = f"arn:aws:sns:{region}:{account}:{environment}-ai-video"
    urls = {
        f"Dashboard{name.title()}Url": f"{console}#dashboards:name={environment}-{name}-dashboard"
        for name in DASHBOARDS
    }
    return {"TopicCriticalArn": f"{topics}-critical", "TopicWarningArn": f"{topics}-warning"} | urls
