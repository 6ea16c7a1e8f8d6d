"""What the system tests stand on: servers, senders, receivers, members of a board."""
