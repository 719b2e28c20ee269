"""Units in a common gamma rhythm: one cycle in spikes is one update of the rate engine."""
