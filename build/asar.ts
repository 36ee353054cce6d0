/**
 * Reads and writes Electron's archive: four little-endian numbers (4, size of the header's pickle, size of its content,
 * length of the JSON), the JSON, padding to four bytes, then the files one after the other.
 */

interface FileEntry {
  readonly size: number;
  /** Bytes after the header, as a decimal. */
  readonly offset: string;
  readonly unpacked?: boolean;
}
interface FolderEntry {
  readonly files: Readonly<Record<string, FileEntry | FolderEntry>>;
}

/**
 * The files in an archive.
 *
 * @returns path with forward slashes to content; null for a file that was left outside
 * @throws {SyntaxError} if it is no archive
 */
export function readAsar(archive: Buffer): Map<string, Buffer | null> {
  const pickle = archive.readUInt32LE(4);
  const header = JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))) as FolderEntry;
  const files = new Map<string, Buffer | null>();
  collect(header, '', (path, { size, offset, unpacked }) => {
    const start = 8 + pickle + Number(offset);
    files.set(path, unpacked === true ? null : archive.subarray(start, start + size));
  });
  return files;
}

function collect(folder: FolderEntry, path: string, found: (path: string, entry: FileEntry) => void): void {
  for (const [name, entry] of Object.entries(folder.files)) {
    if ('files' in entry) collect(entry, `${path}${name}/`, found);
    else found(`${path}${name}`, entry);
  }
}

/** An archive with nothing in it. */
export function emptyAsar(): Buffer {
  const json = Buffer.from(JSON.stringify({ files: {} } satisfies FolderEntry));
  const padded = Math.ceil(json.length / 4) * 4;
  const archive = Buffer.alloc(16 + padded);
  archive.writeUInt32LE(4, 0);
  archive.writeUInt32LE(8 + padded, 4);
  archive.writeUInt32LE(4 + padded, 8);
  archive.writeUInt32LE(json.length, 12);
  json.copy(archive, 16);
  return archive;
}
