"""The one place that sends: each request leaves exactly once, and each error bears its right name."""
