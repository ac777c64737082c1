"""What happens in an experiment's child: Django set up, commands run, servers asked, requests traced."""
