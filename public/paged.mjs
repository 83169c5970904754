// A file of the browser's own as a file of Python's. None of it is kept in memory: a page of it is read when it is asked
// for, and compared with what it was when it was put away. What Python writes to it stays in memory, over what lies there.
const PAGE = 4_096; // bytes, as SQLite reads
const FOLDER = "/paged";
const [WRONG, END] = [29, 2]; // the runtime's EIO and SEEK_END

// CRC-32 (ISO 3309), four bytes at a step: Kounavis and Berry, "A Systematic Approach to Building High Performance,
// Software-Based, CRC Generators", 2005.
const steps = Array.from({ length: 4 }, () => new Int32Array(256));
for (let byte = 0; byte < 256; byte++) {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  steps[0][byte] = sum;
}
const [first, second, third, fourth] = steps;
for (let byte = 0; byte < 256; byte++) {
  for (let step = 1; step < 4; step++) {
    const before = steps[step - 1][byte];
    steps[step][byte] = first[before & 255] ^ (before >>> 8);
  }
}
const sumOf = (bytes) => {
  let [sum, at] = [-1, 0];
  for (const end = bytes.length - 3; at < end; at += 4) {
    sum ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    sum = fourth[sum & 255] ^ third[(sum >>> 8) & 255] ^ second[(sum >>> 16) & 255] ^ first[sum >>> 24];
  }
  for (; at < bytes.length; at++) sum = first[(sum ^ bytes[at]) & 255] ^ (sum >>> 8);
  return ~sum;
};

// The sums of all pages of a file, as an Int32Array.
export const sumsOf = (bytes) => {
  const sum = (_, nth) => sumOf(bytes.subarray(nth * PAGE, (nth + 1) * PAGE));
  return Int32Array.from({ length: Math.ceil(bytes.length / PAGE) }, sum);
};

const folder = (FS) => {
  if (FS.analyzePath(FOLDER).exists) return;
  FS.mkdir(FOLDER);
  const { node } = FS.lookupPath(FOLDER);
  const { unlink } = node.node_ops;
  const ends = (parent, name) => (FS.lookupNode(parent, name).access.close(), unlink(parent, name));
  node.node_ops = { ...node.node_ops, unlink: ends };
};

// Pages of a file that somebody may write over; where one is not what it was, reading it throws `wrong()`.
const pagesOf = (access, sums, wrong) => {
  const written = new Map();
  const read = new Uint8Array(PAGE);
  let size = access.getSize();
  let lying = size; // bytes that still count of what lies there
  const cut = Math.ceil(size / PAGE) !== sums.length; // or longer than it was
  const page = (nth) => {
    const here = written.get(nth);
    if (here) return here;
    const many = Math.min(PAGE, Math.max(0, lying - nth * PAGE));
    const found = read.subarray(0, many);
    if (many && (cut || access.read(found, { at: nth * PAGE }) !== many || sumOf(found) !== sums[nth])) wrong();
    read.fill(0, many);
    return read;
  };
  const own = (nth) => written.get(nth) ?? written.set(nth, page(nth).slice()).get(nth);
  const resize = (to) => {
    if (to < size && to % PAGE) own(Math.floor(to / PAGE)).fill(0, to % PAGE);
    for (const nth of written.keys()) if (nth * PAGE >= to) written.delete(nth);
    [size, lying] = [to, Math.min(lying, to)];
  };
  return { page, own, resize, size: () => size, grow: (to) => (size = Math.max(size, to)) };
};

// Does something for each part of a stretch that lies in one page: its number, where in it, where in the stretch, how many.
const inParts = (from, length, act) => {
  for (let at = 0; at < length;) {
    const inside = (from + at) % PAGE;
    const many = Math.min(PAGE - inside, length - at);
    act(Math.floor((from + at) / PAGE), inside, at, many);
    at += many;
  }
};

// Makes the file, and returns its path; removing it closes `access`, a FileSystemSyncAccessHandle.
export const lay = (FS, name, access, sums) => {
  folder(FS);
  const path = `${FOLDER}/${name}`;
  FS.writeFile(path, "");
  const { node } = FS.lookupPath(path);
  const { node_ops: byNode, stream_ops: byStream } = node;
  const wrong = () => {
    throw new FS.ErrnoError(WRONG);
  };
  const pages = pagesOf(access, sums, wrong);
  node.access = access;
  node.node_ops = {
    ...byNode,
    getattr: (asked) => ({ ...byNode.getattr(asked), size: pages.size(), blocks: Math.ceil(pages.size() / PAGE) }),
    setattr: (asked, { size, ...rest }) => (size === undefined || pages.resize(size), byNode.setattr(asked, rest)),
  };
  node.stream_ops = {
    llseek: (stream, offset, whence) =>
      whence === END ? pages.size() + offset : byStream.llseek(stream, offset, whence),
    read: (_, into, start, length, from) => {
      const many = Math.max(0, Math.min(length, pages.size() - from));
      inParts(from, many, (nth, inside, at, part) => into.set(pages.page(nth).subarray(inside, inside + part), start + at));
      return many;
    },
    write: (_, out, start, length, from) => {
      inParts(from, length, (nth, inside, at, part) => pages.own(nth).set(out.subarray(start + at, start + at + part), inside));
      pages.grow(from + length);
      return length;
    },
  };
  return path;
};
