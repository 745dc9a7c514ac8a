"""The one place that sends: each request leaves exactly once, and each failure is named by what it means."""
