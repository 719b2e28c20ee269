"""Units that run freely, each with the equations of its preset."""
