// Replicates documents to a server, over and over: a line {kind, file, url, batch} in, milliseconds out.
const fs = require("fs");
const readline = require("readline");
const PouchDB = require("pouchdb").plugin(require("pouchdb-adapter-memory"));

let turn = 0;

async function pouch({ docs, url, batch }) {
  const local = new PouchDB(`local-${(turn += 1)}`, { adapter: "memory" });
  await local.bulkDocs(docs);
  const remote = new PouchDB(`${url}/pouch-${turn}`);
  const began = performance.now();
  const done = await local.replicate.to(remote, batch ? { batch_size: batch } : {});
  const took = performance.now() - began;
  if (done.docs_written !== docs.length) throw new Error(`PouchDB wrote ${done.docs_written}`);
  await local.destroy();
  return took;
}

async function rx({ docs, url }) {
  const { createRxDatabase } = require("rxdb");
  const { getRxStorageMemory } = require("rxdb/plugins/storage-memory");
  const { replicateCouchDB } = require("rxdb/plugins/replication-couchdb");
  const name = `rx-${(turn += 1)}`;
  await fetch(`${url}/${name}`, { method: "PUT" });
  const database = await createRxDatabase({ name, storage: getRxStorageMemory(), multiInstance: false });
  const schema = { version: 0, primaryKey: "id", type: "object", properties: { id: { type: "string", maxLength: 64 }, order: { type: "object" } } };
  const { orders } = await database.addCollections({ orders: { schema } });
  await orders.bulkInsert(docs.map(({ _id, order }) => ({ id: _id, order })));
  const began = performance.now();
  const replication = replicateCouchDB({
    replicationIdentifier: name, collection: orders, url: `${url}/${name}/`, live: false, push: {},
  });
  replication.error$.subscribe((error) => console.error(error));
  await replication.awaitInitialReplication();
  const took = performance.now() - began;
  const { doc_count: count } = await (await fetch(`${url}/${name}`)).json();
  if (count !== docs.length) throw new Error(`RxDB wrote ${count}`);
  await database.remove();
  return took;
}

readline.createInterface({ input: process.stdin }).on("line", async (line) => {
  const asked = JSON.parse(line);
  asked.docs = JSON.parse(fs.readFileSync(asked.file));
  console.log(await { pouch, rx }[asked.kind](asked));
});
console.log("ready");
