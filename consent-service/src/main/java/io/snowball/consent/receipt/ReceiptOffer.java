package io.snowball.consent.receipt;

import io.snowball.consent.consent.Channel;
import io.snowball.consent.consent.ConsentAction;
import io.snowball.consent.document.ConsentType;
import org.jspecify.annotations.Nullable;

/**
 * A receipt that a page offers to the person whose record it is of (requirement r08).
 *
 * @param url without a host, so that it is followed to where the page came from
 * @param pending a consent that its owner has yet to confirm
 * @param purpose as its title says; null where the record is about every purpose
 */
public record ReceiptOffer(
        String url,
        ConsentAction action,
        boolean pending,
        ConsentType type,
        Channel channel,
        @Nullable String purpose) {

    /** Another standard than the usual one. */
    public String kantaraUrl() {
        return url + "?format=" + ReceiptApi.ReceiptFormat.KANTARA_1_1;
    }
}
