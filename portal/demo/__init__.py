"""The demonstration county: real places, units and topics; invented people and cases."""
