package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// servedBase is where a server keeps its file when nothing names another.
const servedBase = "/var/lib/passerelle/passerelle.db"

// systemdUnit runs the server as a user of its own, with nothing but its file.
func systemdUnit(base, address string) string {
	folder := filepath.Dir(base)
	home := "yes"
	if strings.HasPrefix(base, "/home/") || strings.HasPrefix(base, "/root/") {
		home = "no"
	}
	return fmt.Sprintf(`# Passerelle par SSH. À copier dans /etc/systemd/system/passerelle.service, puis :
#   useradd --system --create-home --home-dir %[2]s passerelle
#   (une base faite ailleurs se copie en %[1]s et se donne : chown passerelle: …)
#   systemctl daemon-reload && systemctl enable --now passerelle
[Unit]
Description=Passerelle, le poste du facilitateur de la clause sociale, par SSH
After=network.target

[Service]
User=passerelle
ExecStart=/usr/local/bin/passerelle servir --adresse %[3]s --base %[1]s
Restart=on-failure
KillSignal=SIGTERM
TimeoutStopSec=10
LimitNOFILE=16384
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=%[4]s
PrivateTmp=yes
ReadWritePaths=%[2]s

[Install]
WantedBy=multi-user.target
`, base, folder, address, home)
}
