import type { ReactNode } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import styles from './ChoiceCards.module.css';
import { classNames } from './class-names.ts';

export interface CardChoice<K extends string> {
  readonly id: K;
  readonly isDisabled?: boolean;
  readonly content: ReactNode;
}

/** One of a few, each with enough told about it to choose by. */
export function ChoiceCards<K extends string>({
  label,
  choices,
  value,
  onChange,
  orientation = 'horizontal',
}: {
  readonly label: string;
  readonly choices: readonly CardChoice<K>[];
  readonly value: K | null;
  readonly onChange: (value: K) => void;
  readonly orientation?: 'horizontal' | 'vertical';
}) {
  return (
    <RadioGroup
      value={value}
      onChange={(id) => {
        const chosen = choices.find((choice) => choice.id === id);
        if (chosen !== undefined) onChange(chosen.id);
      }}
      orientation={orientation}
      className={styles.group ?? ''}
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      <div className={styles.cards} data-orientation={orientation}>
        {choices.map((choice) => (
          <Radio
            key={choice.id}
            value={choice.id}
            isDisabled={choice.isDisabled ?? false}
            className={classNames('surface', styles.card)}
          >
            <span className={styles.dot} aria-hidden />
            <span className={styles.content}>{choice.content}</span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
