package main

import (
	"fmt"
	"net"
	"path/filepath"
	"strconv"
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
	return fmt.Sprintf(`# Passerelle par SSH. À copier dans /etc/systemd/system/passerelle.service, le programme étant /usr/local/bin/passerelle, puis :
#   useradd --system --home-dir %[2]s --shell /usr/sbin/nologin passerelle
#   install -d -o passerelle -g passerelle -m 700 %[2]s
#   (une base faite ailleurs se copie en %[1]s et se donne : chown passerelle:passerelle …)
#   systemctl daemon-reload && systemctl enable --now passerelle
# Les commandes de la machine se font sur la même base, par le même utilisateur :
#   sudo -u passerelle passerelle utilisateur --base %[1]s
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
UMask=0077
%[5]s
NoNewPrivileges=yes
%[6]s
ProtectSystem=strict
ProtectHome=%[4]s
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProcSubset=pid
PrivateDevices=yes
PrivateTmp=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources

[Install]
WantedBy=multi-user.target
`, base, folder, address, home, writable(folder), capabilities(address))
}

// writable is the one folder the server writes in, which systemd makes where it is
// one of those it keeps for services.
func writable(folder string) string {
	if name, ok := strings.CutPrefix(folder, "/var/lib/"); ok {
		return "StateDirectory=" + name + "\nStateDirectoryMode=0700"
	}
	return "ReadWritePaths=" + folder
}

// capabilities are none, save that of listening on a port below 1024.
func capabilities(address string) string {
	_, port, _ := net.SplitHostPort(address)
	if n, err := strconv.Atoi(port); err == nil && n < 1024 {
		return "CapabilityBoundingSet=CAP_NET_BIND_SERVICE\nAmbientCapabilities=CAP_NET_BIND_SERVICE"
	}
	return "CapabilityBoundingSet="
}
