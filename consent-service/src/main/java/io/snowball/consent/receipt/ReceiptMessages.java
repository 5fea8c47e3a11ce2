package io.snowball.consent.receipt;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.consent.ConsentAction;
import io.snowball.consent.document.ConsentType;

/** The words of the offer: {@code messages/receipt_<language>.properties}. */
@MessageBundle(value = "receipt", locale = "en")
interface ReceiptMessages {
    @Message
    String title();

    @Message
    String text();

    @Message
    String action(ConsentAction action);

    @Message
    String pending();

    @Message
    String type(ConsentType type);

    @Message
    String channel(Channel channel);

    @Message
    String download();

    @Message
    String kantara();
}
