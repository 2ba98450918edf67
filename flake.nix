{
  description = "dateline, a terminal news reader that knows who, where and when";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      each = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
    in
    {
      packages = each (pkgs: {
        default = pkgs.rustPlatform.buildRustPackage {
          pname = "dateline";
          version = (builtins.fromTOML (builtins.readFile ./Cargo.toml)).package.version;
          src = self;
          cargoLock.lockFile = ./Cargo.lock;
          nativeBuildInputs = [ pkgs.installShellFiles ];
          # The tests open pseudo-terminals and sockets on the loopback address, which a build in Nix has not.
          doCheck = false;
          postInstall = ''
            $out/bin/dateline generate man man
            installManPage man/*
            for shell in bash zsh fish; do
              $out/bin/dateline generate completions $shell > dateline.$shell
            done
            installShellCompletion dateline.{bash,zsh,fish}
          '';
        };
      });
      devShells = each (pkgs: {
        default = pkgs.mkShell { packages = [ pkgs.cargo pkgs.clippy pkgs.rustfmt ]; };
      });
    };
}
