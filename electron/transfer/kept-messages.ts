/** Characters of a command's messages that are kept; a host that complains without end must not fill the memory. */
const MOST = 64 * 1024;

/** The last of what a command said, line by line. */
export class KeptMessages {
  #text = '';

  /** @param line without its end */
  add(line: string): void {
    this.#text = `${this.#text}${line}\n`.slice(-MOST);
  }

  get text(): string {
    return this.#text;
  }
}
