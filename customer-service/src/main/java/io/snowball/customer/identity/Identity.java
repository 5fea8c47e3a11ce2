package io.snowball.customer.identity;

import io.snowball.customer.CleanText;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing to recognise a customer by.
 *
 * @param system whose id it is: told apart for external ids only, empty for the shop's main system and for all other kinds
 * @param key what is compared: equal keys are the same identity
 * @param value what is shown and written to
 */
public record Identity(IdentityKind kind, String system, String key, String value) {
    public static final int MAX_EXTERNAL_ID = 200;
    public static final int MAX_SYSTEM = 50;
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
        return new Identity(IdentityKind.EMAIL, "", value.toLowerCase(Locale.ROOT), value);
    }

    /** In E.164, a number without country code is Russian. */
    public static Identity phone(String text) {
        String number = PhoneNumbers.e164(CleanText.required(text, 1000));
        return new Identity(IdentityKind.PHONE, "", number, number);
    }

    /** The id that the shop gave; compared as it is. */
    public static Identity externalId(String text) {
        return externalId(null, text);
    }

    private static Identity externalId(@Nullable String system, String text) {
        String id = CleanText.required(text, MAX_EXTERNAL_ID);
        String name = CleanText.optional(system, MAX_SYSTEM);
        return new Identity(IdentityKind.EXTERNAL_ID, name == null ? "" : name, id, id);
    }

    /** @throws IllegalArgumentException with a sentence for the user */
    public static Identity of(IdentityKind kind, @Nullable String system, String text) {
        if (system != null && kind != IdentityKind.EXTERNAL_ID) {
            throw new IllegalArgumentException("only an external id has a system");
        }
        return switch (kind) {
            case EXTERNAL_ID -> externalId(system, text);
            case EMAIL -> email(text);
            case PHONE -> phone(text);
            case WHATSAPP ->
                new Identity(kind, "", phone(text).key(), phone(text).value());
            case TELEGRAM, VK, MAX -> AccountIds.number(kind, text);
            case COOKIE -> AccountIds.cookie(text);
            case PUSH -> AccountIds.pushToken(text);
            case WEB_PUSH -> AccountIds.webPushEndpoint(text);
        };
    }

    /** The visitor of a web page: the id in the cookie of our script. */
    public static Identity visitor(UUID id) {
        return new Identity(IdentityKind.COOKIE, "", id.toString(), id.toString());
    }

    /** Of a COOKIE identity that our script has made: which visitor's events it names. */
    public Optional<UUID> visitorId() {
        try {
            UUID id = UUID.fromString(key);
            return kind == IdentityKind.COOKIE && id.toString().equals(key) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Without its spelling: equal where it is the same identity. */
    public Identity bare() {
        return new Identity(kind, system, key, "");
    }

    public boolean isSameAs(Identity other) {
        return kind == other.kind && system.equals(other.system) && key.equals(other.key);
    }

    public boolean isDisposable() {
        return kind == IdentityKind.EMAIL && DisposableDomains.contains(key.substring(key.lastIndexOf('@') + 1));
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
