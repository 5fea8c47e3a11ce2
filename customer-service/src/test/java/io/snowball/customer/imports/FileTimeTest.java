package io.snowball.customer.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileTimeTest {
    private static final ZoneId OMSK = ZoneId.of("Asia/Omsk");

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T18:30:00Z,2026-11-20T18:30:00Z",
        "2026-11-20 18:30:00Z,2026-11-20T18:30:00Z",
        "' 2026-11-20T18:30:00.5Z ',2026-11-20T18:30:00.500Z",
        "2026-11-20T18:30:00.123456789Z,2026-11-20T18:30:00.123456789Z",
        "2026-11-20T18:30Z,2026-11-20T18:30:00Z",
        "2026-11-20T18:30:00+03:00,2026-11-20T15:30:00Z",
        "2026-11-20 18:30:00,2026-11-20T12:30:00Z",
        "2026-11-20,2026-11-19T18:00:00Z"
    })
    void readsTimesAsFilesHaveThem(String text, Instant time) {
        assertThat(FileTime.parse(text, OMSK)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-13-20T18:30:00Z",
                "2026-02-30T18:30:00Z",
                "2026-11-20T18:30:00.1234567890Z",
                "2026-11-20T18:30:60Z",
                "2026/11/20T18:30:00Z",
                "2026-11-20T18:30:0xZ",
                "20.11.2026",
                "yesterday"
            })
    void refusesWhatIsNoTimeWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileTime.parse(text, OMSK))
                .withMessage("must be a time such as 2026-11-20T18:30:00+03:00");
    }

    @Test
    void readsThePlainFormAsAFormatterWould() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            LocalDateTime time =
                    LocalDateTime.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000), ZoneOffset.UTC);
            String text = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time) + "Z";
            assertThat(FileTime.parse(text, OMSK)).isEqualTo(time.toInstant(ZoneOffset.UTC));
        }
    }
}
