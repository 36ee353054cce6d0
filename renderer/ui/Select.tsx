import { ChevronDown } from 'lucide-react';
import {
  Select as AriaSelect,
  Button,
  type Key,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';
import { classNames } from './class-names.ts';
import fieldStyles from './Field.module.css';
import menu from './menu.module.css';
import styles from './Select.module.css';

export interface Choice<K extends string> {
  readonly id: K;
  readonly label: string;
  readonly detail?: string;
}

export interface SelectProps<K extends string> {
  readonly label: string;
  readonly choices: readonly Choice<K>[];
  readonly value: K | null;
  readonly onChange: (value: K) => void;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly className?: string | undefined;
}

export function Select<K extends string>({
  label,
  choices,
  value,
  onChange,
  placeholder,
  mono = false,
  className,
}: SelectProps<K>) {
  const choose = (key: Key | null) => {
    const chosen = choices.find((choice) => choice.id === key);
    if (chosen !== undefined) onChange(chosen.id);
  };
  return (
    <AriaSelect
      value={value}
      onChange={choose}
      placeholder={placeholder ?? ''}
      className={classNames(fieldStyles.field, className)}
    >
      <Label className={fieldStyles.label ?? ''}>{label}</Label>
      <Button className={styles.button ?? ''}>
        <SelectValue className={classNames(styles.value, mono && 'mono')}>
          {({ selectedText, isPlaceholder, defaultChildren }) => (isPlaceholder ? defaultChildren : selectedText)}
        </SelectValue>
        <ChevronDown aria-hidden size={16} />
      </Button>
      <Popover className={classNames(menu.popover, styles.popover)} offset={4}>
        <ListBox items={choices} className={styles.list ?? ''}>
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} className={classNames(menu.item, styles.item)}>
              <span className={classNames(mono && 'mono')}>{choice.label}</span>
              {choice.detail !== undefined && <span className={styles.detail}>{choice.detail}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
