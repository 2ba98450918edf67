# For a tap. `url`, `sha256` and `homepage` are those of a release.
class Dateline < Formula
  desc "Terminal news reader that knows who, where and when"
  homepage "https://example.org/dateline"
  url "https://example.org/dateline/dateline-0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license any_of: ["MIT", "Apache-2.0"]

  depends_on "rust" => :build

  def install
    system "cargo", "install", *std_cargo_args
    system bin/"dateline", "generate", "man", buildpath/"man"
    man1.install Dir[buildpath/"man/*.1"]
    man5.install Dir[buildpath/"man/*.5"]
    generate_completions_from_executable(bin/"dateline", "generate", "completions", shells: [:bash, :zsh, :fish])
  end

  test do
    (testpath/"a.txt").write "BERLIN - Anna Weber said on Monday that it rains.\n"
    assert_match "Anna Weber", shell_output("#{bin}/dateline analyze a.txt")
  end
end
