"""What open pages are told while they are open: topics, who may hear what, and the streams themselves."""
