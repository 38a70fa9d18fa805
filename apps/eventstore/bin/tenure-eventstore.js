#!/usr/bin/env node
// Committed, because npm links a workspace's programs before they are built.
import "../dist/command/main.js";
