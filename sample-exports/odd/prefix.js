window.YTD.ip_audit.part0 = [
  {"ipAudit":{"accountId":"1","createdAt":"2024-01-05T10:00:00.000Z","loginIp":"198.51.100.7"}}
]
