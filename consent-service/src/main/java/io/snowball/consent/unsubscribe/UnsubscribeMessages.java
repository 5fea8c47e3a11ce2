package io.snowball.consent.unsubscribe;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import io.snowball.consent.consent.Channel;

/** The words of the pages: {@code messages/unsubscribe_<language>.properties}. */
@MessageBundle(value = "unsubscribe", locale = "en")
interface UnsubscribeMessages {
    @Message
    String language();

    /** What stops, by channel. A constant with an underscore makes the keys begin with {@code adverts_$}. */
    @Message
    String adverts(Channel channel);

    @Message
    String ask_title();

    @Message
    String ask_text(String adverts);

    @Message
    String ask_button();

    @Message
    String ask_note();

    @Message
    String done_title();

    @Message
    String done_text(String adverts);

    @Message
    String done_note();

    @Message
    String preferences_link();

    @Message
    String broken_title();

    @Message
    String broken_text();

    @Message
    String broken_note();

    @Message
    String failed_title();

    @Message
    String failed_text();

    @Message
    String failed_button();
}
