// Stands in both workers: what the system does to their storage without asking.
self.storageFaults ??= (() => {
  const faults = { abort: 0, unheard: 0, torn: 0, revoked: false };
  const doomed = new Set(); // transactions that end as after an error of the disk: nothing of them is written
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...values) {
    const work = this.transaction;
    const asked = add.apply(this, values);
    if (this.name !== "journal" || values[0].kind !== "sale") return asked; // an outage is noted in it as well
    if (faults.abort > 0) {
      faults.abort -= 1;
      doomed.add(work);
      queueMicrotask(() => doomed.delete(work) && work.abort()); // one that nobody commits by hand
    } else if (faults.unheard > 0) {
      faults.unheard -= 1;
      const heard = work.onabort;
      work.oncomplete = () => heard.call(work, { target: work }); // it was written, and the answer says it was not
    }
    return asked;
  };
  const commit = IDBTransaction.prototype.commit;
  IDBTransaction.prototype.commit = function () {
    return doomed.delete(this) ? this.abort() : commit.call(this);
  };
  const close = FileSystemWritableFileStream.prototype.close;
  FileSystemWritableFileStream.prototype.close = async function () {
    if (faults.torn > 0) {
      faults.torn -= 1;
      await this.abort(); // what is left is the empty file that was made first
      throw new DOMException("The disk did not take it.", "InvalidStateError");
    }
    return close.call(this);
  };
  const refused = () => new DOMException("The permission was taken away.", "NotAllowedError");
  const guards = (prototype, name) => {
    const before = prototype[name];
    prototype[name] = async function (...values) {
      if (faults.revoked) throw refused();
      return before.apply(this, values);
    };
  };
  for (const name of ["getFileHandle", "getDirectoryHandle"]) guards(FileSystemDirectoryHandle.prototype, name);
  for (const name of ["getFile", "createWritable"]) guards(FileSystemFileHandle.prototype, name);
  const keys = FileSystemDirectoryHandle.prototype.keys;
  FileSystemDirectoryHandle.prototype.keys = function () {
    return faults.revoked ? { next: () => Promise.reject(refused()) } : keys.call(this);
  };
  const query = FileSystemHandle.prototype.queryPermission;
  FileSystemHandle.prototype.queryPermission = async function (how) {
    return faults.revoked ? "prompt" : query.call(this, how);
  };
  return faults;
})();
