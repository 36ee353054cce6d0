/** The two kinds of dialog: one to work in, and one that asks before something is lost. */
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Modal as AriaModal, Dialog, Heading, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { classNames } from './class-names.ts';
import styles from './Modal.module.css';
import { useOverflows } from './use-overflows.ts';

export function Modal({
  title,
  isOpen,
  onClose,
  children,
  footer,
  isAlert = false,
  size = 'normal',
}: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer: ReactNode;
  /** An alertdialog: it does not close by a press beside it, and has no corner button. */
  readonly isAlert?: boolean;
  readonly size?: 'normal' | 'wide';
}) {
  const { t } = useTranslation();
  const { ref, overflows } = useOverflows();
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable={false}
      className={styles.overlay ?? ''}
    >
      <AriaModal className={classNames(styles.modal, size === 'wide' && styles.wide)}>
        <Dialog role={isAlert ? 'alertdialog' : 'dialog'} className={styles.dialog ?? ''}>
          <header className={styles.header}>
            <Heading slot="title" level={2} className={styles.title ?? ''}>
              {title}
            </Heading>
            {!isAlert && (
              <Button look="quiet" icon={<X aria-hidden size={16} />} aria-label={t('ui.close')} onPress={onClose} />
            )}
          </header>
          {/* What scrolls must be reachable by keyboard; what does not would only be one more stop. */}
          <div
            ref={ref}
            className={styles.body}
            {...(overflows ? { tabIndex: 0, role: 'group', 'aria-label': title } : {})}
          >
            {children}
          </div>
          <footer className={styles.footer}>{footer}</footer>
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  );
}
