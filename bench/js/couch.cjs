// A CouchDB-compatible server that keeps everything in memory: express-pouchdb, as its README sets it up.
const express = require("express");
const PouchDB = require("pouchdb").plugin(require("pouchdb-adapter-memory"));

const InMemory = PouchDB.defaults({ adapter: "memory" });
const app = express();
app.use("/", require("express-pouchdb")(InMemory, { mode: "minimumForPouchDB" }));
const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit(0)).resume();
