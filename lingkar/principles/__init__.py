"""The seven asas: pure packages of gates (may this be?), guides (how to say it well) and gauges (did it happen?)."""
