"""watchspec compiles versioned YAML monitoring specs into AWS CloudFormation."""

__version__ = "0.1.0"
