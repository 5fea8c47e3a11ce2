package io.snowball.customer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;

/** The verdicts of Dominic Sayers' is_email (github.com/dominicsayers/isemail, BSD 3-clause, licence beside the file). H1. */
class IsEmailTest {
    private record Case(String id, String address, String category) {
        /** White space around an address is stripped before anything is read, so it can't be what is wrong. */
        boolean isAsWritten() {
            return address.strip().equals(address);
        }
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatIsNoAddress() throws Exception {
        return cases().filter(each -> each.category().equals("ISEMAIL_ERR") && each.isAsWritten())
                .map(each -> DynamicTest.dynamicTest(
                        "case " + each.id(),
                        () -> assertThat(accepts(each.address())).isFalse()));
    }

    @TestFactory
    Stream<DynamicTest> takesWhatIsOneBesidesMailToATopLevelDomain() throws Exception {
        return cases().filter(each -> each.category().equals("ISEMAIL_VALID_CATEGORY")
                        && !each.address().equals("test@io"))
                .map(each -> DynamicTest.dynamicTest(
                        "case " + each.id(),
                        () -> assertThat(accepts(each.address())).isTrue()));
    }

    @Test
    void knowsDomainsThatGiveOutAddressesForMinutes() {
        assertThat(Identity.email("a@0-mail.com").isDisposable()).isTrue();
        assertThat(Identity.email("a@x.0-mail.com").isDisposable()).isTrue();
        assertThat(Identity.email("a@not-0-mail.com").isDisposable()).isFalse();
        assertThat(Identity.email("a@mail.ru").isDisposable()).isFalse();
        assertThat(Identity.phone("+79123456789").isDisposable()).isFalse();
    }

    private static boolean accepts(String address) {
        try {
            return Identity.email(address).kind() == IdentityKind.EMAIL;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static Stream<Case> cases() throws Exception {
        try (InputStream file =
                Objects.requireNonNull(IsEmailTest.class.getResourceAsStream("/identity/isemail_tests.xml"))) {
            var nodes = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file)
                    .getElementsByTagName("test");
            return IntStream.range(0, nodes.getLength())
                    .mapToObj(nodes::item)
                    .map(Element.class::cast)
                    .map(test ->
                            new Case(test.getAttribute("id"), controls(text(test, "address")), text(test, "category")));
        }
    }

    private static String text(Element test, String name) {
        return test.getElementsByTagName(name).item(0).getTextContent();
    }

    /** The file writes a control character as its symbol, 0x2400 higher. */
    private static String controls(String text) {
        return text.chars()
                .map(c -> c >= 0x2400 && c <= 0x2421 ? c - 0x2400 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
