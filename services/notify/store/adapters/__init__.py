"""Adapters: one provider each, behind ``domain.channels.Channel``."""
