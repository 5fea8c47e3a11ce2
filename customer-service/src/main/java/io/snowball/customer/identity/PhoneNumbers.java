package io.snowball.customer.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.regex.Pattern;

/** Phone numbers as people write them, in E.164. */
final class PhoneNumbers {
    private static final String HOME_REGION = "RU";

    // libphonenumber would read letters as a keypad does; here they are a mistake of the file.
    private static final Pattern WRITTEN = Pattern.compile("\\+?[0-9()\\-–.\\s\\u00a0]{5,40}");

    private PhoneNumbers() {}

    static String e164(String text) {
        if (!WRITTEN.matcher(text).matches()) {
            throw notANumber();
        }
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(text, HOME_REGION);
            if (!numbers.isValidNumber(number)) {
                throw notANumber();
            }
            return numbers.format(number, PhoneNumberFormat.E164);
        } catch (NumberParseException _) {
            throw notANumber();
        }
    }

    private static IllegalArgumentException notANumber() {
        return new IllegalArgumentException("must be a phone number such as +7 912 345-67-89");
    }
}
