import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NamingSchemeSchema, type Pattern } from '../../shared/model/filter.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Select } from '../ui/Select.tsx';
import styles from './PatternRows.module.css';
import { asPatterns, newRow, PATTERN_KINDS, type PatternRow, rowOf } from './pattern-rows.ts';

/** Patterns of snapshot names, one a row; a row that is empty still counts for nothing. */
export function PatternRows({
  label,
  add,
  patterns,
  onChange,
}: {
  readonly label: string;
  /** On the button that adds one. */
  readonly add: string;
  readonly patterns: readonly Pattern[];
  readonly onChange: (patterns: readonly Pattern[]) => void;
}) {
  const { t } = useTranslation();
  const [rows, setRows] = useState<readonly PatternRow[]>(() => patterns.map(rowOf));
  const put = (next: readonly PatternRow[]) => {
    setRows(next);
    onChange(asPatterns(next));
  };
  const edit = (index: number, change: Partial<PatternRow>) =>
    put(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));
  return (
    <fieldset className={styles.rows}>
      <legend className={styles.legend}>{label}</legend>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name but their place.
        <div key={index} className={styles.row}>
          <Select
            label={t('filter.kind')}
            choices={PATTERN_KINDS.map((id) => ({ id, label: t(`filter.kinds.${id}`) }))}
            value={row.kind}
            onChange={(kind) => edit(index, { kind })}
            className={styles.kind}
          />
          {row.kind === 'scheme' ? (
            <Select
              label={t('filter.tool')}
              choices={NamingSchemeSchema.options.map((id) => ({ id, label: id }))}
              value={row.scheme}
              onChange={(scheme) => edit(index, { scheme })}
              className={styles.text}
            />
          ) : (
            <Field
              label={t('filter.pattern')}
              placeholder={t(`explore.patternExample.${row.kind}`)}
              mono
              value={row.text}
              onChange={(text) => edit(index, { text })}
              className={styles.text}
            />
          )}
          <Button
            look="quiet"
            size="small"
            icon={<X aria-hidden size={15} />}
            className={styles.remove}
            aria-label={t('filter.removeRow', { what: row.kind === 'scheme' ? row.scheme : row.text })}
            onPress={() => put(rows.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<Plus aria-hidden size={14} />}
        className={styles.add}
        onPress={() => put([...rows, newRow])}
      >
        {add}
      </Button>
    </fieldset>
  );
}
