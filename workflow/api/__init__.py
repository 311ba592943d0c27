"""Cases in the API, whatever they are: reading them, listing their acts, doing them through `perform`."""
