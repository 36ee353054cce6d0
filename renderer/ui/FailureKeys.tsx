import { useTranslation } from 'react-i18next';
import { KeyLine } from '../hosts/KeyLine.tsx';
import { keyWord } from '../hosts/key-type.ts';
import type { ComparedKeys } from './way-out.ts';

/** The key that is saved and the one that was shown, to be compared by eye. */
export function FailureKeys({ keys: { saved, shown } }: { readonly keys: ComparedKeys }) {
  const { t } = useTranslation();
  return (
    <>
      {saved.map(({ fingerprint }) => (
        <KeyLine key={fingerprint} label={t('failure.savedKey')} fingerprint={fingerprint} />
      ))}
      {shown.map(({ fingerprint, type }) => (
        <KeyLine
          key={fingerprint}
          label={type === null ? t('failure.shownKey') : t('failure.shownKeyOf', { type: keyWord(type) })}
          fingerprint={fingerprint}
        />
      ))}
    </>
  );
}
