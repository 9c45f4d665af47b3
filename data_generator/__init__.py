"""Generated datasets: a British bank's customers and its products."""
