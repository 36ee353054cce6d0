import { useTranslation } from 'react-i18next';
import type { Column } from './columns.ts';
import { Glyph, type GlyphKind, glyphsOf } from './Glyph.tsx';
import styles from './Legend.module.css';

/** The glyphs that the picture really has, with their words. */
export function Legend({ columns }: { readonly columns: readonly Column[] }) {
  const { t } = useTranslation();
  const used = new Set<GlyphKind>(
    columns.flatMap((column) => Object.values(glyphsOf(column)).filter((kind) => kind !== null)),
  );
  const order: GlyphKind[] = ['common', 'base', 'sent', 'not-sent', 'there-only', 'in-the-way', 'lost', 'bookmark'];
  return (
    <ul className={styles.legend}>
      {order
        .filter((kind) => used.has(kind))
        .map((kind) => (
          <li key={kind}>
            <svg aria-hidden="true" width="20" height="20" viewBox="-10 -10 20 20">
              <Glyph kind={kind} />
            </svg>
            {t(`lineage.legend.${kind}`)}
          </li>
        ))}
    </ul>
  );
}
