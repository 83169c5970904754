"""The back office under /office/: pages made on the server, plain links and forms, no script at all."""
