import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { Copy } from './Copy.tsx';
import { Modal } from './Modal.tsx';
import { Segments } from './Segments.tsx';
import { saveText } from './save-text.ts';
import styles from './TextDialog.module.css';

/** One text in several forms, to be read, copied and saved. */
export function TextDialog<K extends string>({
  title,
  lead,
  kinds,
  label,
  kind,
  onKind,
  text,
  file,
  onClose,
}: {
  readonly title: string;
  readonly lead: string;
  readonly kinds: readonly { readonly id: K; readonly label: string }[];
  /** Of the choice between the forms. */
  readonly label: string;
  readonly kind: K;
  readonly onKind: (kind: K) => void;
  readonly text: string;
  /** Proposed for the saved file. */
  readonly file: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      isOpen
      size="wide"
      title={title}
      onClose={onClose}
      footer={
        <>
          <Copy text={text} what={kinds.find(({ id }) => id === kind)?.label ?? title} />
          <Button icon={<Download aria-hidden size={15} />} onPress={() => saveText(file, text)}>
            {t('ui.saveAs', { file })}
          </Button>
          <Button look="primary" autoFocus onPress={onClose}>
            {t('ui.close')}
          </Button>
        </>
      }
    >
      <p>{lead}</p>
      <Segments label={label} choices={kinds} value={kind} onChange={onKind} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard. */}
      <pre className={styles.text} tabIndex={0}>
        {text}
      </pre>
    </Modal>
  );
}
