package io.snowball.consent.policy;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the page: {@code messages/policy_<language>.properties}. */
@MessageBundle(value = "policy", locale = "en")
interface PolicyMessages {
    @Message
    String title();

    @Message
    String version(int version, String since);

    @Message
    String hash();
}
