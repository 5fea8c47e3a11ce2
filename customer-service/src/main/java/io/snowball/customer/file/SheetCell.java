package io.snowball.customer.file;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** What the cells of a workbook say, as the text that CSV would have. */
final class SheetCell {
    /** Excel's own limit. */
    private static final int MAX_TEXT = 32_767;

    private static final double MAX_DAY = 2_958_466;
    private static final long SECONDS_OF_DAY = 86_400;
    /** Day 0; the 29 February 1900 that Excel believes in is behind all days that matter. */
    private static final LocalDate EPOCH = LocalDate.of(1899, 12, 30);

    private static final LocalDate EPOCH_1904 = LocalDate.of(1904, 1, 1);
    /** Texts, colours, locales and escaped characters of a number format. */
    private static final Pattern NOT_FORMAT = Pattern.compile("\"[^\"]*\"|\\[[^\\]]*]|\\\\.|_.|\\*.");

    private static final Pattern DATE_PARTS = Pattern.compile("[ydhsmYDHSM]");

    private SheetCell() {}

    /** ECMA-376, part 1, 18.8.30: the numbers that all programs know without a definition. */
    static boolean isBuiltInDate(int format) {
        return (format >= 14 && format <= 22)
                || (format >= 27 && format <= 36)
                || (format >= 45 && format <= 47)
                || (format >= 50 && format <= 58);
    }

    static boolean isDateFormat(String code) {
        return DATE_PARTS.matcher(NOT_FORMAT.matcher(code).replaceAll("")).find();
    }

    /**
     * @param day as Excel counts days, with the time as a fraction
     * @return such as 2026-11-22 or 2026-11-22T18:30, in the clock of whoever wrote the file; null where it is no day
     */
    static @Nullable String date(String day, boolean from1904) {
        double value = decimal(day);
        if (!(value >= 0 && value < MAX_DAY)) {
            return null;
        }
        long seconds = Math.round(value * SECONDS_OF_DAY);
        LocalDate epoch = from1904 ? EPOCH_1904 : EPOCH;
        return seconds % SECONDS_OF_DAY == 0
                ? epoch.plusDays(seconds / SECONDS_OF_DAY).toString()
                : epoch.atStartOfDay().plusSeconds(seconds).toString();
    }

    /** With the fifteen digits that Excel shows, so that 0.1 + 0.2 is 0.3; null where it is no number. */
    static @Nullable String number(String text) {
        double value = decimal(text);
        return Double.isFinite(value)
                ? new BigDecimal(Double.toString(value))
                        .round(new MathContext(15))
                        .stripTrailingZeros()
                        .toPlainString()
                : null;
    }

    /** @return -1 where it is none */
    static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /** Place of a cell's column, from its name such as BC12; -1 where it has none. */
    static int column(String name) {
        int column = 0;
        int i = 0;
        // Three letters are Excel's limit too.
        while (i < Math.min(3, name.length()) && name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
            column = column * 26 + name.charAt(i) - 'A' + 1;
            i++;
        }
        return column - 1;
    }

    /**
     * All text in those elements up to the end of the enclosing one; phonetic readings are left out.
     *
     * @return null where there is none but a formula that would make one
     */
    static @Nullable String textWithin(XMLStreamReader xml, String enclosing, String... elements)
            throws XMLStreamException, FileRefusedException {
        StringBuilder text = new StringBuilder();
        boolean inside = false;
        boolean phonetic = false;
        boolean formula = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                phonetic |= xml.getLocalName().equals("rPh");
                formula |= xml.getLocalName().equals("f");
                inside = !phonetic && isOneOf(elements, xml.getLocalName());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (xml.getLocalName().equals(enclosing)) {
                    break;
                }
                inside = false;
                phonetic &= !xml.getLocalName().equals("rPh");
            } else if (inside && event == XMLStreamConstants.CHARACTERS) {
                text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                if (text.length() > MAX_TEXT) {
                    throw new FileRefusedException("A cell of the workbook has more than " + MAX_TEXT + " characters");
                }
            }
        }
        return formula && text.isEmpty() ? null : text.toString();
    }

    private static boolean isOneOf(String[] names, String name) {
        for (String each : names) {
            if (each.equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static double decimal(String text) {
        try {
            return text.length() > 40 ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }
}
