/** Tables, colours and one line that is written over: for a person's terminal. Colour says nothing that words do not. */
import { stripVTControlCharacters, styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

export interface Terminal {
  readonly out: NodeJS.WriteStream;
  style(style: Style, text: string): string;
  print(text?: string): void;
  /** Writes over the last such line on a terminal; elsewhere prints nothing, since a log is no place for a bar. */
  status(text: string): void;
  /** Ends the line that is written over. */
  endStatus(): void;
}

/** Control characters (C0 and C1) in what a host says must not steer the terminal; tabs and newlines stay. */
export function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be removed
  return stripVTControlCharacters(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

export function createTerminal(out: NodeJS.WriteStream): Terminal {
  let open = false;
  const endStatus = () => {
    if (open) out.write('\n');
    open = false;
  };
  return {
    out,
    style: (style, text) =>
      out.isTTY && process.env.NO_COLOR === undefined ? styleText(style, text, { validateStream: false }) : text,
    print(text = '') {
      endStatus();
      out.write(`${harmlessButStyled(text)}\n`);
    },
    status(text) {
      if (!out.isTTY) return;
      const line = harmless(text).replaceAll(/\s/g, ' ');
      out.write(`\r\u001b[K${line.slice(0, (out.columns ?? 80) - 1)}`);
      open = true;
    },
    endStatus,
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: styles are control sequences
const STYLES = /(\u001b\[\d+(?:;\d+)*m)/;

/** Our own styles are the only control sequences let through. */
function harmlessButStyled(text: string): string {
  return text
    .split(STYLES)
    .map((part, at) => (at % 2 === 1 ? part : harmless(part)))
    .join('');
}

/** Columns as wide as their widest cell; numbers to the right where `right` says so. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number> = new Set(),
): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => all.reduce((width, row) => Math.max(width, (row[column] ?? '').length), 0));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        right.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}
