/** The marks of the picture. Each has a shape of its own, so that hue is never needed to tell them apart. */
import { classNames } from '../ui/class-names.ts';
import type { Column } from './columns.ts';
import styles from './Glyph.module.css';

export type GlyphKind =
  | 'common'
  | 'base'
  | 'sent'
  | 'arrives'
  | 'not-sent'
  | 'there-only'
  | 'in-the-way'
  | 'lost'
  | 'bookmark';

/** What stands in each lane for a column; `arrives` is what will be there afterwards. */
export function glyphsOf(column: Column): {
  readonly source: GlyphKind | null;
  readonly destination: GlyphKind | null;
} {
  const { fate } = column;
  const shared: GlyphKind = column.isBase ? 'base' : 'common';
  const source: GlyphKind | null =
    column.bookmark !== null
      ? 'bookmark'
      : column.source === null
        ? null
        : fate === 'sent' || fate === 'not-sent'
          ? fate
          : shared;
  const destination: GlyphKind | null =
    column.destination === null
      ? fate === 'sent'
        ? 'arrives'
        : null
      : fate === 'in-the-way' || fate === 'lost' || fate === 'there-only'
        ? fate
        : shared;
  return { source, destination };
}

/** Drawn around 0,0. */
export function Glyph({ kind }: { readonly kind: GlyphKind }) {
  switch (kind) {
    case 'common':
      return <circle r="5" className={styles.full} />;
    case 'base':
      return (
        <g>
          <circle r="9" className={styles.ring} />
          <circle r="4.5" className={styles.full} />
        </g>
      );
    case 'sent':
      return <circle r="5.25" className={classNames(styles.hollow, styles.accent)} />;
    case 'arrives':
      return <circle r="5.25" className={classNames(styles.hollow, styles.accent, styles.dashed)} />;
    case 'not-sent':
      return <circle r="4" className={classNames(styles.hollow, styles.quiet)} />;
    case 'there-only':
      return <path d="M0-5.5 5.5 0 0 5.5-5.5 0Z" className={classNames(styles.hollow, styles.quiet)} />;
    case 'in-the-way':
      return <path d="M0-6.5 6.5 0 0 6.5-6.5 0Z" className={styles.warning} />;
    case 'lost':
      return <path d="M-5-5 5 5M5-5-5 5" className={styles.lost} />;
    case 'bookmark':
      return <path d="M-4-7h8v13l-4-3.5-4 3.5Z" className={styles.full} />;
  }
}
