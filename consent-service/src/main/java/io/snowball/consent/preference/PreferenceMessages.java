package io.snowball.consent.preference;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import io.snowball.consent.consent.Channel;

/** The words of the pages: {@code messages/preference_<language>.properties}. */
@MessageBundle(value = "preference", locale = "en")
interface PreferenceMessages {
    @Message
    String channel(Channel channel);

    @Message
    String news(News news);

    @Message
    String title();

    @Message
    String intro();

    @Message
    String nothing();

    @Message
    String pending();

    @Message
    String wording();

    @Message
    String save();

    @Message
    String stop_title();

    @Message
    String stop_text();

    @Message
    String stop_button();

    @Message
    String policy();

    @Message
    String data_title();

    @Message
    String data_text();

    @Message
    String data_link();

    @Message
    String ask_title();

    @Message
    String ask_text();

    @Message
    String ask_kind();

    @Message
    String kind_ACCESS();

    @Message
    String kind_CORRECTION();

    @Message
    String kind_STOP_PROCESSING();

    @Message
    String kind_OBJECTION();

    @Message
    String ask_contact();

    @Message
    String ask_words();

    @Message
    String ask_button();
}
