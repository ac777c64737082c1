"""What happens in an experiment's child: the interpreter of plans, and the servers, requests and traces it needs."""
