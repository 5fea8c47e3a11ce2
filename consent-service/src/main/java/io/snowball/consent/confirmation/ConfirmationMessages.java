package io.snowball.consent.confirmation;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the pages: {@code messages/confirmation_<language>.properties}. */
@MessageBundle(value = "confirmation", locale = "en")
interface ConfirmationMessages {
    @Message
    String ask_title();

    @Message
    String ask_text();

    @Message
    String ask_button();

    @Message
    String ask_note();

    @Message
    String done_title();

    @Message
    String done_text();

    @Message
    String over_title();

    @Message
    String over_text();

    @Message
    String broken_title();

    @Message
    String broken_text();
}
