/** The two kinds of dialog: one to work in, and one that asks before something is lost. */
import { X } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
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
  isBusy = false,
  size = 'normal',
}: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer: ReactNode;
  /** An alertdialog: it does not close by a press beside it, and has no corner button. */
  readonly isAlert?: boolean;
  /**
   * What was confirmed is being done. Until that ended, nothing closes the dialog: it would look as if it had been
   * called off. Its buttons are to be disabled meanwhile.
   */
  readonly isBusy?: boolean;
  readonly size?: 'normal' | 'wide';
}) {
  const { t } = useTranslation();
  const { ref, overflows } = useOverflows();
  const dialog = useRef<HTMLElement>(null);
  const close = () => {
    if (!isBusy) onClose();
  };
  // The button that was pressed is disabled now and loses the focus, which would otherwise be nowhere.
  useLayoutEffect(() => {
    if (isBusy) dialog.current?.focus();
  }, [isBusy]);
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) close();
      }}
      isDismissable={false}
      className={styles.overlay ?? ''}
    >
      <AriaModal className={classNames(styles.modal, size === 'wide' && styles.wide)}>
        <Dialog ref={dialog} role={isAlert ? 'alertdialog' : 'dialog'} className={styles.dialog ?? ''}>
          <header className={styles.header}>
            <Heading slot="title" level={2} className={styles.title ?? ''}>
              {title}
            </Heading>
            {!isAlert && (
              <Button
                look="quiet"
                icon={<X aria-hidden size={16} />}
                aria-label={t('ui.close')}
                isDisabled={isBusy}
                onPress={close}
              />
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
