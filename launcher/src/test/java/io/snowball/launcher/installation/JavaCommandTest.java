package io.snowball.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JavaCommandTest {
    @Test
    void leavesTheCollectorToWhoeverChoseOne() {
        assertThat(JavaCommand.isCollectorChosen(Map.of("JAVA_TOOL_OPTIONS", "-Xss1m -XX:+UseZGC")))
                .isTrue();
        assertThat(JavaCommand.isCollectorChosen(Map.of("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -ea")))
                .isTrue();
        assertThat(JavaCommand.isCollectorChosen(Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseStringDeduplication")))
                .isFalse();
        assertThat(JavaCommand.isCollectorChosen(Map.of())).isFalse();
    }
}
