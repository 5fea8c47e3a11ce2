package io.snowball.customer.identity;

import io.snowball.customer.CleanText;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing to recognise a customer by.
 *
 * @param key what is compared: equal keys are the same identity
 * @param value what is shown and written to
 */
public record Identity(IdentityKind kind, String key, String value) {
    public static final int MAX_EXTERNAL_ID = 200;
    private static final int MAX_EMAIL = 254;
    private static final int MAX_LOCAL_PART = 64;
    private static final Pattern LOCAL_PART =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]*[a-z][a-z0-9-]*");

    /**
     * The domain is lower-cased and written in ASCII (пример.рф becomes xn--e1afmkfd.xn--p1ai). The part before the @ keeps its
     * spelling, as RFC 5321 asks, but addresses that differ in letter case only are one identity.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static Identity email(String text) {
        String address = CleanText.required(text, 1000);
        int at = address.lastIndexOf('@');
        if (at < 1 || at == address.length() - 1) {
            throw notAnAddress();
        }
        String localPart = address.substring(0, at);
        String domain = asciiDomain(address.substring(at + 1));
        String value = localPart + '@' + domain;
        if (value.length() > MAX_EMAIL
                || localPart.length() > MAX_LOCAL_PART
                || !LOCAL_PART.matcher(localPart).matches()
                || !DOMAIN.matcher(domain).matches()) {
            throw notAnAddress();
        }
        return new Identity(IdentityKind.EMAIL, value.toLowerCase(Locale.ROOT), value);
    }

    /** In E.164, a number without country code is Russian. */
    public static Identity phone(String text) {
        String number = PhoneNumbers.e164(CleanText.required(text, 1000));
        return new Identity(IdentityKind.PHONE, number, number);
    }

    /** The id that the shop gave; compared as it is. */
    public static Identity externalId(String text) {
        String id = CleanText.required(text, MAX_EXTERNAL_ID);
        return new Identity(IdentityKind.EXTERNAL_ID, id, id);
    }

    public static @Nullable String keyOf(@Nullable Identity identity) {
        return identity == null ? null : identity.key();
    }

    private static String asciiDomain(String domain) {
        try {
            return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            // The message of the cause would repeat the address.
            throw notAnAddress();
        }
    }

    private static IllegalArgumentException notAnAddress() {
        return new IllegalArgumentException("must be an e-mail address such as anna@example.ru");
    }
}
