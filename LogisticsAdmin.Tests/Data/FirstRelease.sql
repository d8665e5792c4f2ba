CREATE TABLE "Absences" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Absences" PRIMARY KEY AUTOINCREMENT,
    "PersonId" INTEGER NOT NULL,
    "From" TEXT NOT NULL,
    "To" TEXT NOT NULL,
    "Reason" INTEGER NOT NULL,
    "StandInId" INTEGER NULL,
    "Note" TEXT NULL,
    "EnteredById" INTEGER NOT NULL,
    "EnteredAt" INTEGER NOT NULL,
    "CancelledAt" INTEGER NULL,
    "CancelledById" INTEGER NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "CK_Absences_Days" CHECK ("To" >= "From"),
    CONSTRAINT "CK_Absences_StandIn" CHECK ("StandInId" IS NULL OR "StandInId" <> "PersonId"),
    CONSTRAINT "FK_Absences_People_CancelledById" FOREIGN KEY ("CancelledById") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Absences_People_EnteredById" FOREIGN KEY ("EnteredById") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Absences_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Absences_People_StandInId" FOREIGN KEY ("StandInId") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "AspNetRoleClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AspNetRoleClaims" PRIMARY KEY AUTOINCREMENT,
    "RoleId" INTEGER NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL,
    CONSTRAINT "FK_AspNetRoleClaims_AspNetRoles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "AspNetRoles" ("Id") ON DELETE CASCADE
);
CREATE TABLE "AspNetRoles" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AspNetRoles" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NULL,
    "NormalizedName" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL
);
CREATE TABLE "AspNetUserClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AspNetUserClaims" PRIMARY KEY AUTOINCREMENT,
    "UserId" INTEGER NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL,
    CONSTRAINT "FK_AspNetUserClaims_People_UserId" FOREIGN KEY ("UserId") REFERENCES "People" ("Id") ON DELETE CASCADE
);
CREATE TABLE "AspNetUserLogins" (
    "LoginProvider" TEXT NOT NULL,
    "ProviderKey" TEXT NOT NULL,
    "ProviderDisplayName" TEXT NULL,
    "UserId" INTEGER NOT NULL,
    CONSTRAINT "PK_AspNetUserLogins" PRIMARY KEY ("LoginProvider", "ProviderKey"),
    CONSTRAINT "FK_AspNetUserLogins_People_UserId" FOREIGN KEY ("UserId") REFERENCES "People" ("Id") ON DELETE CASCADE
);
CREATE TABLE "AspNetUserPasskeys" (
    "CredentialId" BLOB NOT NULL CONSTRAINT "PK_AspNetUserPasskeys" PRIMARY KEY,
    "UserId" INTEGER NOT NULL,
    "Data" TEXT NOT NULL,
    CONSTRAINT "FK_AspNetUserPasskeys_People_UserId" FOREIGN KEY ("UserId") REFERENCES "People" ("Id") ON DELETE CASCADE
);
CREATE TABLE "AspNetUserRoles" (
    "UserId" INTEGER NOT NULL,
    "RoleId" INTEGER NOT NULL,
    CONSTRAINT "PK_AspNetUserRoles" PRIMARY KEY ("UserId", "RoleId"),
    CONSTRAINT "FK_AspNetUserRoles_AspNetRoles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "AspNetRoles" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_AspNetUserRoles_People_UserId" FOREIGN KEY ("UserId") REFERENCES "People" ("Id") ON DELETE CASCADE
);
CREATE TABLE "AspNetUserTokens" (
    "UserId" INTEGER NOT NULL,
    "LoginProvider" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Value" TEXT NULL,
    CONSTRAINT "PK_AspNetUserTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name"),
    CONSTRAINT "FK_AspNetUserTokens_People_UserId" FOREIGN KEY ("UserId") REFERENCES "People" ("Id") ON DELETE CASCADE
);
CREATE TABLE "Audit" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Audit" PRIMARY KEY AUTOINCREMENT,
    "Entity" TEXT NOT NULL,
    "EntityId" INTEGER NOT NULL,
    "Field" TEXT NOT NULL,
    "Old" TEXT NULL,
    "New" TEXT NULL,
    "At" INTEGER NOT NULL,
    "ActorId" INTEGER NULL,
    CONSTRAINT "FK_Audit_People_ActorId" FOREIGN KEY ("ActorId") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Beds" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Beds" PRIMARY KEY AUTOINCREMENT,
    "RoomId" INTEGER NOT NULL,
    "Code" TEXT NOT NULL,
    "RetiredAt" INTEGER NULL,
    "RetiredById" INTEGER NULL,
    "RetiredBecause" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Beds_People_RetiredById" FOREIGN KEY ("RetiredById") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Beds_Rooms_RoomId" FOREIGN KEY ("RoomId") REFERENCES "Rooms" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Buildings" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Buildings" PRIMARY KEY AUTOINCREMENT,
    "CampusId" INTEGER NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    "Code" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "NameEn" TEXT NOT NULL,
    "RetiredAt" INTEGER NULL,
    "RetiredById" INTEGER NULL,
    "RetiredBecause" TEXT NULL,
    CONSTRAINT "FK_Buildings_Campuses_CampusId" FOREIGN KEY ("CampusId") REFERENCES "Campuses" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Buildings_People_RetiredById" FOREIGN KEY ("RetiredById") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "CalendarSpans" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_CalendarSpans" PRIMARY KEY AUTOINCREMENT,
    "From" TEXT NOT NULL,
    "To" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Name" TEXT NOT NULL,
    "NameEn" TEXT NOT NULL,
    "SourceKey" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "CK_CalendarSpans_Kind" CHECK ("Kind" IN (1, 2, 3)),
    CONSTRAINT "CK_CalendarSpans_Order" CHECK ("To" >= "From")
);
CREATE TABLE "Campuses" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Campuses" PRIMARY KEY AUTOINCREMENT,
    "Version" INTEGER NOT NULL,
    "Code" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "NameEn" TEXT NOT NULL,
    "RetiredAt" INTEGER NULL,
    "RetiredById" INTEGER NULL,
    "RetiredBecause" TEXT NULL,
    CONSTRAINT "FK_Campuses_People_RetiredById" FOREIGN KEY ("RetiredById") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "CannedReplies" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_CannedReplies" PRIMARY KEY AUTOINCREMENT,
    "OwnerId" INTEGER NULL,
    "Name" TEXT NOT NULL,
    "NameEn" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "TextEn" TEXT NOT NULL,
    "Shortcut" TEXT NULL,
    "Internal" INTEGER NOT NULL,
    "Verb" INTEGER NULL,
    "Code" TEXT NULL,
    "RetiredAt" INTEGER NULL,
    "RetiredById" INTEGER NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "CK_CannedReplies_Text" CHECK ("Text" <> '' OR "TextEn" <> ''),
    CONSTRAINT "FK_CannedReplies_People_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_CannedReplies_People_RetiredById" FOREIGN KEY ("RetiredById") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Categories" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Categories" PRIMARY KEY AUTOINCREMENT,
    "ParentId" INTEGER NULL,
    "Position" INTEGER NOT NULL,
    "DefaultUrgency" INTEGER NOT NULL,
    "DefaultCrewId" INTEGER NULL,
    "Version" INTEGER NOT NULL,
    "Code" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "NameEn" TEXT NOT NULL,
    "RetiredAt" INTEGER NULL,
    "RetiredById" INTEGER NULL,
    "RetiredBecause" TEXT NULL,
    CONSTRAINT "FK_Categories_Categories_ParentId" FOREIGN KEY ("ParentId") REFERENCES "Categories" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Categories_Crews_DefaultCrewId" FOREIGN KEY ("DefaultCrewId") REFERENCES "Crews" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Categories_People_RetiredById" FOREIGN KEY ("RetiredById") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Centres" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Centres" PRIMARY KEY AUTOINCREMENT,
    "Version" INTEGER NOT NULL,
    "Code" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "NameEn" TEXT NOT NULL,
    "RetiredAt" INTEGER NULL,
    "RetiredById" INTEGER NULL,
    "RetiredBecause" TEXT NULL,
    CONSTRAINT "FK_Centres_People_RetiredById" FOREIGN KEY ("RetiredById") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "ChangeSetItems" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ChangeSetItems" PRIMARY KEY AUTOINCREMENT,
    "ChangeSetId" INTEGER NOT NULL,
    "TicketId" INTEGER NOT NULL,
    "EventCount" INTEGER NOT NULL,
    "BeforeJson" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    CONSTRAINT "FK_ChangeSetItems_ChangeSets_ChangeSetId" FOREIGN KEY ("ChangeSetId") REFERENCES "ChangeSets" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_ChangeSetItems_RepairTickets_TicketId" FOREIGN KEY ("TicketId") REFERENCES "RepairTickets" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "ChangeSets" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ChangeSets" PRIMARY KEY AUTOINCREMENT,
    "ActorId" INTEGER NOT NULL,
    "Verb" INTEGER NOT NULL,
    "At" INTEGER NOT NULL,
    "UndoneAt" INTEGER NULL,
    CONSTRAINT "FK_ChangeSets_People_ActorId" FOREIGN KEY ("ActorId") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Crews" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Crews" PRIMARY KEY AUTOINCREMENT,
    "CentreId" INTEGER NOT NULL,
    "Code" TEXT NOT NULL,
    "LeadId" INTEGER NULL,
    "Name" TEXT NOT NULL,
    "NameEn" TEXT NOT NULL,
    "RetiredAt" INTEGER NULL,
    "RetiredBecause" TEXT NULL,
    "RetiredById" INTEGER NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Crews_Centres_CentreId" FOREIGN KEY ("CentreId") REFERENCES "Centres" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Crews_People_LeadId" FOREIGN KEY ("LeadId") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Crews_People_RetiredById" FOREIGN KEY ("RetiredById") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "DayNumbers" (
    "Series" TEXT NOT NULL,
    "Day" TEXT NOT NULL,
    "Last" INTEGER NOT NULL,
    CONSTRAINT "PK_DayNumbers" PRIMARY KEY ("Series", "Day")
);
CREATE TABLE "DeskLooks" (
    "PersonId" INTEGER NOT NULL CONSTRAINT "PK_DeskLooks" PRIMARY KEY,
    "Density" INTEGER NOT NULL,
    "Sort" INTEGER NOT NULL,
    "Facts" INTEGER NOT NULL,
    CONSTRAINT "FK_DeskLooks_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE CASCADE
);
CREATE TABLE "EscalationSteps" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_EscalationSteps" PRIMARY KEY AUTOINCREMENT,
    "Clock" INTEGER NOT NULL,
    "OffsetMinutes" INTEGER NOT NULL,
    "Audience" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL
);
CREATE TABLE "ImportBatches" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ImportBatches" PRIMARY KEY AUTOINCREMENT,
    "Kind" TEXT NOT NULL,
    "FileName" TEXT NOT NULL,
    "Sheet" TEXT NOT NULL,
    "ById" INTEGER NULL,
    "At" INTEGER NOT NULL,
    "Created" INTEGER NOT NULL,
    "Changed" INTEGER NOT NULL,
    "Same" INTEGER NOT NULL,
    "Rejected" INTEGER NOT NULL,
    "UndoneAt" INTEGER NULL,
    "UndoneById" INTEGER NULL,
    "LeftAlone" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_ImportBatches_People_ById" FOREIGN KEY ("ById") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_ImportBatches_People_UndoneById" FOREIGN KEY ("UndoneById") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "ImportChanges" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ImportChanges" PRIMARY KEY AUTOINCREMENT,
    "BatchId" INTEGER NOT NULL,
    "Row" INTEGER NOT NULL,
    "ThingId" INTEGER NOT NULL,
    "IsNew" INTEGER NOT NULL,
    "ThingVersion" INTEGER NOT NULL,
    "Before" TEXT NULL,
    CONSTRAINT "FK_ImportChanges_ImportBatches_BatchId" FOREIGN KEY ("BatchId") REFERENCES "ImportBatches" ("Id") ON DELETE CASCADE
);
CREATE TABLE "ImportMappings" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ImportMappings" PRIMARY KEY AUTOINCREMENT,
    "Kind" TEXT NOT NULL,
    "Headers" TEXT NOT NULL,
    "Columns" TEXT NOT NULL,
    "UsedAt" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL
, "Reading" BLOB NULL);
CREATE TABLE "Inbox" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Inbox" PRIMARY KEY AUTOINCREMENT,
    "PersonId" INTEGER NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Subject" TEXT NOT NULL,
    "Detail" TEXT NULL,
    "About" TEXT NULL,
    "At" INTEGER NOT NULL,
    "ReadAt" INTEGER NULL,
    CONSTRAINT "FK_Inbox_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE CASCADE
);
CREATE TABLE "LabourRates" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_LabourRates" PRIMARY KEY AUTOINCREMENT,
    "CrewId" INTEGER NOT NULL,
    "PricePerHour" TEXT NOT NULL,
    "From" INTEGER NOT NULL,
    "Until" INTEGER NULL,
    "SetById" INTEGER NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "CK_LabourRates_PricePerHour" CHECK (CAST("PricePerHour" AS REAL) >= 0),
    CONSTRAINT "FK_LabourRates_Crews_CrewId" FOREIGN KEY ("CrewId") REFERENCES "Crews" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_LabourRates_People_SetById" FOREIGN KEY ("SetById") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Occupancies" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Occupancies" PRIMARY KEY AUTOINCREMENT,
    "PersonId" INTEGER NOT NULL,
    "RoomId" INTEGER NOT NULL,
    "BedId" INTEGER NULL,
    "From" INTEGER NOT NULL,
    "Until" INTEGER NULL,
    CONSTRAINT "CK_Occupancies_Order" CHECK ("Until" IS NULL OR "Until" >= "From"),
    CONSTRAINT "FK_Occupancies_Beds_BedId" FOREIGN KEY ("BedId") REFERENCES "Beds" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Occupancies_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Occupancies_Rooms_RoomId" FOREIGN KEY ("RoomId") REFERENCES "Rooms" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "OfficeSlots" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_OfficeSlots" PRIMARY KEY AUTOINCREMENT,
    "Season" INTEGER NOT NULL,
    "DayOfWeek" INTEGER NOT NULL,
    "From" TEXT NOT NULL,
    "To" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "CK_OfficeSlots_DayOfWeek" CHECK ("DayOfWeek" BETWEEN 0 AND 6),
    CONSTRAINT "CK_OfficeSlots_Order" CHECK ("To" > "From" OR "To" = '00:00:00'),
    CONSTRAINT "CK_OfficeSlots_Season" CHECK ("Season" IN (1, 2))
);
CREATE TABLE "PartPrices" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_PartPrices" PRIMARY KEY AUTOINCREMENT,
    "PartId" INTEGER NOT NULL,
    "Price" TEXT NOT NULL,
    "From" INTEGER NOT NULL,
    "Until" INTEGER NULL,
    "SetById" INTEGER NULL,
    CONSTRAINT "CK_PartPrices_Price" CHECK (CAST("Price" AS REAL) >= 0),
    CONSTRAINT "FK_PartPrices_Parts_PartId" FOREIGN KEY ("PartId") REFERENCES "Parts" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_PartPrices_People_SetById" FOREIGN KEY ("SetById") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Parts" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Parts" PRIMARY KEY AUTOINCREMENT,
    "Code" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "NameEn" TEXT NOT NULL,
    "Unit" TEXT NOT NULL,
    "UnitEn" TEXT NOT NULL,
    "PriceCount" INTEGER NOT NULL,
    "RetiredAt" INTEGER NULL,
    "RetiredById" INTEGER NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Parts_People_RetiredById" FOREIGN KEY ("RetiredById") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "People" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_People" PRIMARY KEY AUTOINCREMENT,
    "AccessFailedCount" INTEGER NOT NULL,
    "BedId" INTEGER NULL,
    "ClassName" TEXT NULL,
    "College" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL,
    "CrewId" INTEGER NULL,
    "DarkMode" INTEGER NOT NULL,
    "Email" TEXT NULL,
    "EmailConfirmed" INTEGER NOT NULL,
    "FullName" TEXT NOT NULL,
    "Gender" INTEGER NOT NULL,
    "Grade" INTEGER NULL,
    "Initials" TEXT NOT NULL,
    "Language" TEXT NOT NULL,
    "LockoutEnabled" INTEGER NOT NULL,
    "LockoutEnd" INTEGER NULL,
    "Major" TEXT NULL,
    "MustChangePassword" INTEGER NOT NULL,
    "NormalizedEmail" TEXT NULL,
    "NormalizedUserName" TEXT NULL,
    "Number" TEXT NULL,
    "PasswordHash" TEXT NULL,
    "PhoneNumber" TEXT NULL,
    "PhoneNumberConfirmed" INTEGER NOT NULL,
    "Pinyin" TEXT NOT NULL,
    "RetiredAt" INTEGER NULL,
    "RetiredBecause" TEXT NULL,
    "RetiredById" INTEGER NULL,
    "RoomId" INTEGER NULL,
    "SecurityStamp" TEXT NULL,
    "SlipExpiresAt" INTEGER NULL,
    "SlipHash" TEXT NULL,
    "Status" INTEGER NOT NULL,
    "StatusBecause" TEXT NULL,
    "TwoFactorEnabled" INTEGER NOT NULL,
    "UserName" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_People_Beds_BedId" FOREIGN KEY ("BedId") REFERENCES "Beds" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_People_Crews_CrewId" FOREIGN KEY ("CrewId") REFERENCES "Crews" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_People_Rooms_RoomId" FOREIGN KEY ("RoomId") REFERENCES "Rooms" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "PersonPictures" (
    "PersonId" INTEGER NOT NULL CONSTRAINT "PK_PersonPictures" PRIMARY KEY,
    "Jpeg" BLOB NOT NULL,
    "ChangedAt" INTEGER NOT NULL,
    CONSTRAINT "FK_PersonPictures_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE CASCADE
);
CREATE TABLE "RepairEvents" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_RepairEvents" PRIMARY KEY AUTOINCREMENT,
    "TicketId" INTEGER NOT NULL,
    "Verb" INTEGER NOT NULL,
    "At" INTEGER NOT NULL,
    "ActorId" INTEGER NULL,
    "From" INTEGER NOT NULL,
    "To" INTEGER NOT NULL,
    "Code" TEXT NULL,
    "CrewId" INTEGER NULL,
    "PersonId" INTEGER NULL,
    "Note" TEXT NULL,
    "Internal" INTEGER NOT NULL,
    CONSTRAINT "FK_RepairEvents_Crews_CrewId" FOREIGN KEY ("CrewId") REFERENCES "Crews" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairEvents_People_ActorId" FOREIGN KEY ("ActorId") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairEvents_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairEvents_RepairTickets_TicketId" FOREIGN KEY ("TicketId") REFERENCES "RepairTickets" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "RepairPauses" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_RepairPauses" PRIMARY KEY AUTOINCREMENT,
    "TicketId" INTEGER NOT NULL,
    "From" INTEGER NOT NULL,
    "To" INTEGER NULL,
    "Reason" INTEGER NULL,
    CONSTRAINT "CK_RepairPauses_Order" CHECK ("To" IS NULL OR "To" >= "From"),
    CONSTRAINT "FK_RepairPauses_RepairTickets_TicketId" FOREIGN KEY ("TicketId") REFERENCES "RepairTickets" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "RepairPhotos" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_RepairPhotos" PRIMARY KEY AUTOINCREMENT,
    "Key" TEXT NOT NULL,
    "TicketId" INTEGER NULL,
    "EventId" INTEGER NULL,
    "UploadedById" INTEGER NOT NULL,
    "Width" INTEGER NOT NULL,
    "Height" INTEGER NOT NULL,
    "Bytes" INTEGER NOT NULL,
    "At" INTEGER NOT NULL,
    "Internal" INTEGER NOT NULL,
    CONSTRAINT "FK_RepairPhotos_People_UploadedById" FOREIGN KEY ("UploadedById") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairPhotos_RepairEvents_EventId" FOREIGN KEY ("EventId") REFERENCES "RepairEvents" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairPhotos_RepairTickets_TicketId" FOREIGN KEY ("TicketId") REFERENCES "RepairTickets" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "RepairTickets" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_RepairTickets" PRIMARY KEY AUTOINCREMENT,
    "AnsweredAt" INTEGER NULL,
    "AskedLate" INTEGER NOT NULL,
    "AskedMinutes" INTEGER NULL,
    "BuildingId" INTEGER NOT NULL,
    "CampusId" INTEGER NOT NULL,
    "CategoryId" INTEGER NOT NULL,
    "CompletedAt" INTEGER NULL,
    "CompletionStep" INTEGER NULL,
    "ContactPhone" TEXT NULL,
    "Cost" TEXT NULL,
    "CrewId" INTEGER NULL,
    "Description" TEXT NOT NULL,
    "DueAt" INTEGER NOT NULL,
    "EndedAt" INTEGER NULL,
    "EventCount" INTEGER NOT NULL,
    "ExtraMinutes" INTEGER NOT NULL,
    "FiledById" INTEGER NULL,
    "HeldFor" INTEGER NULL,
    "HeldFrom" INTEGER NULL,
    "IsOverdue" INTEGER NOT NULL,
    "IsResponseLate" INTEGER NOT NULL,
    "LastEventAt" INTEGER NOT NULL,
    "NudgedAt" INTEGER NULL,
    "Nudges" INTEGER NOT NULL,
    "Number" TEXT NOT NULL,
    "OverdueSince" INTEGER NULL,
    "OwnerId" INTEGER NULL,
    "PausedLeftMinutes" INTEGER NULL,
    "PlaceWords" TEXT NOT NULL,
    "Pressing" INTEGER NOT NULL,
    "PromisedAt" INTEGER NULL,
    "RatingWords" TEXT NULL,
    "Repeats" INTEGER NOT NULL,
    "ReporterId" INTEGER NULL,
    "RespondedAt" INTEGER NULL,
    "ResponseDueAt" INTEGER NOT NULL,
    "ResponseStep" INTEGER NULL,
    "ReworkOfId" INTEGER NULL,
    "RoomId" INTEGER NOT NULL,
    "SentBack" INTEGER NOT NULL,
    "ServiceLevelId" INTEGER NULL,
    "Source" TEXT NULL,
    "SourceKey" TEXT NULL,
    "Stars" INTEGER NULL,
    "Status" INTEGER NOT NULL,
    "SubmissionKey" TEXT NULL,
    "SubmittedAt" INTEGER NOT NULL,
    "TechnicianId" INTEGER NULL,
    "Transfers" INTEGER NOT NULL,
    "Urgency" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    "VisitDay" TEXT NULL,
    "VisitSlotId" INTEGER NULL,
    "WatchAt" INTEGER NULL,
    CONSTRAINT "CK_RepairTickets_Stars" CHECK ("Stars" IS NULL OR "Stars" BETWEEN 1 AND 5),
    CONSTRAINT "FK_RepairTickets_Buildings_BuildingId" FOREIGN KEY ("BuildingId") REFERENCES "Buildings" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairTickets_Campuses_CampusId" FOREIGN KEY ("CampusId") REFERENCES "Campuses" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairTickets_Categories_CategoryId" FOREIGN KEY ("CategoryId") REFERENCES "Categories" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairTickets_Crews_CrewId" FOREIGN KEY ("CrewId") REFERENCES "Crews" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairTickets_People_FiledById" FOREIGN KEY ("FiledById") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairTickets_People_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairTickets_People_ReporterId" FOREIGN KEY ("ReporterId") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairTickets_People_TechnicianId" FOREIGN KEY ("TechnicianId") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairTickets_RepairTickets_ReworkOfId" FOREIGN KEY ("ReworkOfId") REFERENCES "RepairTickets" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairTickets_Rooms_RoomId" FOREIGN KEY ("RoomId") REFERENCES "Rooms" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairTickets_ServiceLevels_ServiceLevelId" FOREIGN KEY ("ServiceLevelId") REFERENCES "ServiceLevels" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairTickets_VisitSlots_VisitSlotId" FOREIGN KEY ("VisitSlotId") REFERENCES "VisitSlots" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "RepairUses" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_RepairUses" PRIMARY KEY AUTOINCREMENT,
    "TicketId" INTEGER NOT NULL,
    "PartId" INTEGER NULL,
    "Quantity" TEXT NULL,
    "Minutes" INTEGER NULL,
    "UnitPrice" TEXT NOT NULL,
    "Amount" TEXT NOT NULL,
    "PersonId" INTEGER NOT NULL,
    "RecordedById" INTEGER NOT NULL,
    "At" INTEGER NOT NULL,
    "WithdrawnAt" INTEGER NULL,
    "WithdrawnById" INTEGER NULL,
    "Key" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "CK_RepairUses_Minutes" CHECK ("Minutes" IS NULL OR "Minutes" BETWEEN 1 AND 1440),
    CONSTRAINT "CK_RepairUses_PartOrLabour" CHECK (("PartId" IS NOT NULL AND "Quantity" IS NOT NULL AND "Minutes" IS NULL) OR ("PartId" IS NULL AND "Quantity" IS NULL AND "Minutes" IS NOT NULL)),
    CONSTRAINT "CK_RepairUses_Quantity" CHECK ("Quantity" IS NULL OR (CAST("Quantity" AS REAL) > 0 AND CAST("Quantity" AS REAL) <= 9999)),
    CONSTRAINT "FK_RepairUses_Parts_PartId" FOREIGN KEY ("PartId") REFERENCES "Parts" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairUses_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairUses_People_RecordedById" FOREIGN KEY ("RecordedById") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairUses_People_WithdrawnById" FOREIGN KEY ("WithdrawnById") REFERENCES "People" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_RepairUses_RepairTickets_TicketId" FOREIGN KEY ("TicketId") REFERENCES "RepairTickets" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "Rooms" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Rooms" PRIMARY KEY AUTOINCREMENT,
    "BuildingId" INTEGER NOT NULL,
    "Code" TEXT NOT NULL,
    "Floor" INTEGER NOT NULL,
    "Name" TEXT NOT NULL,
    "NameEn" TEXT NOT NULL,
    "RetiredAt" INTEGER NULL,
    "RetiredBecause" TEXT NULL,
    "RetiredById" INTEGER NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Rooms_Buildings_BuildingId" FOREIGN KEY ("BuildingId") REFERENCES "Buildings" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Rooms_People_RetiredById" FOREIGN KEY ("RetiredById") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "SavedViews" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_SavedViews" PRIMARY KEY AUTOINCREMENT,
    "OwnerId" INTEGER NOT NULL,
    "Shared" INTEGER NOT NULL,
    "Name" TEXT NOT NULL,
    "Query" TEXT NOT NULL,
    "Position" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_SavedViews_People_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "ServiceLevels" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_ServiceLevels" PRIMARY KEY AUTOINCREMENT,
    "Urgency" INTEGER NOT NULL,
    "CategoryId" INTEGER NULL,
    "ResponseMinutes" INTEGER NOT NULL,
    "CompletionMinutes" INTEGER NOT NULL,
    "RoundTheClock" INTEGER NOT NULL,
    "From" INTEGER NOT NULL,
    "Until" INTEGER NULL,
    "SetById" INTEGER NULL,
    "Why" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "CK_ServiceLevels_Limits" CHECK ("ResponseMinutes" > 0 AND "CompletionMinutes" > 0),
    CONSTRAINT "FK_ServiceLevels_Categories_CategoryId" FOREIGN KEY ("CategoryId") REFERENCES "Categories" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_ServiceLevels_People_SetById" FOREIGN KEY ("SetById") REFERENCES "People" ("Id") ON DELETE RESTRICT
);
CREATE TABLE "SignInNames" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_SignInNames" PRIMARY KEY,
    "PersonId" INTEGER NOT NULL,
    CONSTRAINT "FK_SignInNames_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE CASCADE
);
CREATE TABLE "SignIns" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_SignIns" PRIMARY KEY AUTOINCREMENT,
    "PersonId" INTEGER NOT NULL,
    "At" INTEGER NOT NULL,
    "Method" INTEGER NOT NULL,
    "Succeeded" INTEGER NOT NULL,
    "Address" TEXT NULL,
    "Device" TEXT NULL,
    CONSTRAINT "FK_SignIns_People_PersonId" FOREIGN KEY ("PersonId") REFERENCES "People" ("Id") ON DELETE CASCADE
);
CREATE TABLE "VisitSlots" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_VisitSlots" PRIMARY KEY AUTOINCREMENT,
    "Code" TEXT NOT NULL,
    "From" TEXT NOT NULL,
    "To" TEXT NOT NULL,
    "RetiredAt" INTEGER NULL,
    "Version" INTEGER NOT NULL
);
CREATE TABLE "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
CREATE INDEX "EmailIndex" ON "People" ("NormalizedEmail");
CREATE INDEX "IX_Absences_CancelledById" ON "Absences" ("CancelledById");
CREATE INDEX "IX_Absences_EnteredById" ON "Absences" ("EnteredById");
CREATE UNIQUE INDEX "IX_Absences_PersonId_From" ON "Absences" ("PersonId", "From") WHERE "CancelledAt" IS NULL;
CREATE INDEX "IX_Absences_StandInId" ON "Absences" ("StandInId");
CREATE INDEX "IX_Absences_To_From" ON "Absences" ("To", "From");
CREATE INDEX "IX_AspNetRoleClaims_RoleId" ON "AspNetRoleClaims" ("RoleId");
CREATE INDEX "IX_AspNetUserClaims_UserId" ON "AspNetUserClaims" ("UserId");
CREATE INDEX "IX_AspNetUserLogins_UserId" ON "AspNetUserLogins" ("UserId");
CREATE INDEX "IX_AspNetUserPasskeys_UserId" ON "AspNetUserPasskeys" ("UserId");
CREATE INDEX "IX_AspNetUserRoles_RoleId" ON "AspNetUserRoles" ("RoleId");
CREATE INDEX "IX_Audit_ActorId" ON "Audit" ("ActorId");
CREATE INDEX "IX_Audit_At" ON "Audit" ("At");
CREATE INDEX "IX_Audit_Entity_EntityId_At" ON "Audit" ("Entity", "EntityId", "At");
CREATE INDEX "IX_Beds_RetiredById" ON "Beds" ("RetiredById");
CREATE UNIQUE INDEX "IX_Beds_RoomId_Code" ON "Beds" ("RoomId", "Code") WHERE "RetiredAt" IS NULL;
CREATE UNIQUE INDEX "IX_Buildings_CampusId_Code" ON "Buildings" ("CampusId", "Code");
CREATE INDEX "IX_Buildings_RetiredById" ON "Buildings" ("RetiredById");
CREATE UNIQUE INDEX "IX_CalendarSpans_Kind_From" ON "CalendarSpans" ("Kind", "From");
CREATE UNIQUE INDEX "IX_CalendarSpans_Kind_To" ON "CalendarSpans" ("Kind", "To");
CREATE UNIQUE INDEX "IX_CalendarSpans_SourceKey" ON "CalendarSpans" ("SourceKey") WHERE "SourceKey" IS NOT NULL;
CREATE UNIQUE INDEX "IX_Campuses_Code" ON "Campuses" ("Code");
CREATE INDEX "IX_Campuses_RetiredById" ON "Campuses" ("RetiredById");
CREATE UNIQUE INDEX "IX_CannedReplies_OwnerId_Shortcut" ON "CannedReplies" ("OwnerId", "Shortcut") WHERE "OwnerId" IS NOT NULL AND "Shortcut" IS NOT NULL AND "RetiredAt" IS NULL;
CREATE INDEX "IX_CannedReplies_RetiredById" ON "CannedReplies" ("RetiredById");
CREATE UNIQUE INDEX "IX_CannedReplies_Shortcut" ON "CannedReplies" ("Shortcut") WHERE "OwnerId" IS NULL AND "Shortcut" IS NOT NULL AND "RetiredAt" IS NULL;
CREATE UNIQUE INDEX "IX_Categories_Code" ON "Categories" ("Code");
CREATE INDEX "IX_Categories_DefaultCrewId" ON "Categories" ("DefaultCrewId");
CREATE INDEX "IX_Categories_ParentId" ON "Categories" ("ParentId");
CREATE INDEX "IX_Categories_RetiredById" ON "Categories" ("RetiredById");
CREATE UNIQUE INDEX "IX_Centres_Code" ON "Centres" ("Code");
CREATE INDEX "IX_Centres_RetiredById" ON "Centres" ("RetiredById");
CREATE INDEX "IX_ChangeSetItems_ChangeSetId" ON "ChangeSetItems" ("ChangeSetId");
CREATE INDEX "IX_ChangeSetItems_TicketId" ON "ChangeSetItems" ("TicketId");
CREATE INDEX "IX_ChangeSets_ActorId_At" ON "ChangeSets" ("ActorId", "At");
CREATE INDEX "IX_ChangeSets_At" ON "ChangeSets" ("At");
CREATE INDEX "IX_Crews_CentreId" ON "Crews" ("CentreId");
CREATE UNIQUE INDEX "IX_Crews_Code" ON "Crews" ("Code");
CREATE INDEX "IX_Crews_LeadId" ON "Crews" ("LeadId");
CREATE INDEX "IX_Crews_RetiredById" ON "Crews" ("RetiredById");
CREATE UNIQUE INDEX "IX_EscalationSteps_Clock_OffsetMinutes_Audience" ON "EscalationSteps" ("Clock", "OffsetMinutes", "Audience");
CREATE INDEX "IX_ImportBatches_ById" ON "ImportBatches" ("ById");
CREATE INDEX "IX_ImportBatches_Kind_At" ON "ImportBatches" ("Kind", "At");
CREATE INDEX "IX_ImportBatches_UndoneById" ON "ImportBatches" ("UndoneById");
CREATE INDEX "IX_ImportChanges_BatchId" ON "ImportChanges" ("BatchId");
CREATE UNIQUE INDEX "IX_ImportMappings_Kind_Headers" ON "ImportMappings" ("Kind", "Headers");
CREATE INDEX "IX_Inbox_PersonId_ReadAt_At" ON "Inbox" ("PersonId", "ReadAt", "At");
CREATE INDEX "IX_Inbox_Subject_At" ON "Inbox" ("Subject", "At");
CREATE INDEX "IX_LabourRates_CrewId_From" ON "LabourRates" ("CrewId", "From");
CREATE UNIQUE INDEX "IX_LabourRates_Current" ON "LabourRates" ("CrewId") WHERE "Until" IS NULL;
CREATE INDEX "IX_LabourRates_SetById" ON "LabourRates" ("SetById");
CREATE UNIQUE INDEX "IX_Occupancies_Bed_Now" ON "Occupancies" ("BedId") WHERE "Until" IS NULL AND "BedId" IS NOT NULL;
CREATE INDEX "IX_Occupancies_PersonId_From" ON "Occupancies" ("PersonId", "From");
CREATE UNIQUE INDEX "IX_Occupancies_Person_Now" ON "Occupancies" ("PersonId") WHERE "Until" IS NULL;
CREATE INDEX "IX_Occupancies_RoomId_From" ON "Occupancies" ("RoomId", "From");
CREATE UNIQUE INDEX "IX_OfficeSlots_Season_DayOfWeek_From" ON "OfficeSlots" ("Season", "DayOfWeek", "From");
CREATE UNIQUE INDEX "IX_OfficeSlots_Season_DayOfWeek_To" ON "OfficeSlots" ("Season", "DayOfWeek", "To");
CREATE UNIQUE INDEX "IX_PartPrices_Current" ON "PartPrices" ("PartId") WHERE "Until" IS NULL;
CREATE INDEX "IX_PartPrices_PartId_From" ON "PartPrices" ("PartId", "From");
CREATE INDEX "IX_PartPrices_SetById" ON "PartPrices" ("SetById");
CREATE UNIQUE INDEX "IX_Parts_Code" ON "Parts" ("Code");
CREATE INDEX "IX_Parts_RetiredById" ON "Parts" ("RetiredById");
CREATE INDEX "IX_People_BedId" ON "People" ("BedId");
CREATE INDEX "IX_People_CrewId" ON "People" ("CrewId");
CREATE INDEX "IX_People_Grade_ClassName" ON "People" ("Grade", "ClassName");
CREATE UNIQUE INDEX "IX_People_Number" ON "People" ("Number") WHERE "RetiredAt" IS NULL;
CREATE INDEX "IX_People_Pinyin" ON "People" ("Pinyin");
CREATE INDEX "IX_People_RoomId" ON "People" ("RoomId");
CREATE INDEX "IX_RepairEvents_ActorId_TicketId" ON "RepairEvents" ("ActorId", "TicketId");
CREATE INDEX "IX_RepairEvents_CrewId" ON "RepairEvents" ("CrewId");
CREATE INDEX "IX_RepairEvents_PersonId" ON "RepairEvents" ("PersonId");
CREATE INDEX "IX_RepairEvents_TicketId_Id" ON "RepairEvents" ("TicketId", "Id");
CREATE UNIQUE INDEX "IX_RepairPauses_Open" ON "RepairPauses" ("TicketId") WHERE "To" IS NULL;
CREATE INDEX "IX_RepairPauses_TicketId_From" ON "RepairPauses" ("TicketId", "From");
CREATE INDEX "IX_RepairPhotos_EventId" ON "RepairPhotos" ("EventId");
CREATE UNIQUE INDEX "IX_RepairPhotos_Key" ON "RepairPhotos" ("Key");
CREATE INDEX "IX_RepairPhotos_TicketId" ON "RepairPhotos" ("TicketId");
CREATE INDEX "IX_RepairPhotos_UploadedById" ON "RepairPhotos" ("UploadedById");
CREATE INDEX "IX_RepairTickets_DeskByPlace" ON "RepairTickets" ("BuildingId", "RoomId", "Id", "CampusId", "CategoryId", "Urgency", "CrewId", "TechnicianId");
CREATE INDEX "IX_RepairTickets_DeskByPressing" ON "RepairTickets" ("Pressing", "Id", "CampusId", "BuildingId", "CategoryId", "Urgency", "CrewId", "TechnicianId", "Status", "OwnerId", "IsOverdue", "AskedMinutes");
CREATE INDEX "IX_RepairTickets_DeskBySubmission" ON "RepairTickets" ("SubmittedAt", "Id", "CampusId", "BuildingId", "CategoryId", "Urgency", "CrewId", "TechnicianId");
CREATE INDEX "IX_RepairTickets_DeskOfBuilding" ON "RepairTickets" ("BuildingId", "Pressing", "Id", "CampusId", "CategoryId", "Urgency", "CrewId", "TechnicianId", "Status");
CREATE INDEX "IX_RepairTickets_DeskOfCampus" ON "RepairTickets" ("CampusId");
CREATE INDEX "IX_RepairTickets_DeskOfCategory" ON "RepairTickets" ("CategoryId", "Pressing", "Id", "CampusId", "BuildingId", "Urgency", "CrewId", "TechnicianId", "Status");
CREATE INDEX "IX_RepairTickets_DeskOfCrew" ON "RepairTickets" ("CrewId", "Pressing", "Id", "CampusId", "BuildingId", "CategoryId", "Urgency", "TechnicianId", "Status");
CREATE INDEX "IX_RepairTickets_DeskOfTechnician" ON "RepairTickets" ("TechnicianId", "Pressing", "Id", "CampusId", "BuildingId", "CategoryId", "Urgency", "CrewId", "Status");
CREATE INDEX "IX_RepairTickets_DeskOfUrgency" ON "RepairTickets" ("Urgency", "CampusId");
CREATE INDEX "IX_RepairTickets_FiledById" ON "RepairTickets" ("FiledById");
CREATE UNIQUE INDEX "IX_RepairTickets_Number" ON "RepairTickets" ("Number");
CREATE INDEX "IX_RepairTickets_OwnerId" ON "RepairTickets" ("OwnerId");
CREATE INDEX "IX_RepairTickets_ReporterId_SubmittedAt" ON "RepairTickets" ("ReporterId", "SubmittedAt");
CREATE INDEX "IX_RepairTickets_ReworkOfId" ON "RepairTickets" ("ReworkOfId");
CREATE INDEX "IX_RepairTickets_RoomId_CategoryId_EndedAt" ON "RepairTickets" ("RoomId", "CategoryId", "EndedAt");
CREATE INDEX "IX_RepairTickets_RoomId_CategoryId_SubmittedAt" ON "RepairTickets" ("RoomId", "CategoryId", "SubmittedAt");
CREATE INDEX "IX_RepairTickets_ServiceLevelId" ON "RepairTickets" ("ServiceLevelId");
CREATE UNIQUE INDEX "IX_RepairTickets_Source_SourceKey" ON "RepairTickets" ("Source", "SourceKey") WHERE "SourceKey" IS NOT NULL;
CREATE UNIQUE INDEX "IX_RepairTickets_SubmissionKey" ON "RepairTickets" ("SubmissionKey") WHERE "SubmissionKey" IS NOT NULL;
CREATE INDEX "IX_RepairTickets_VisitSlotId" ON "RepairTickets" ("VisitSlotId");
CREATE INDEX "IX_RepairTickets_WatchAt" ON "RepairTickets" ("WatchAt");
CREATE UNIQUE INDEX "IX_RepairUses_Key" ON "RepairUses" ("Key") WHERE "Key" IS NOT NULL;
CREATE INDEX "IX_RepairUses_PartId" ON "RepairUses" ("PartId");
CREATE INDEX "IX_RepairUses_PersonId_At" ON "RepairUses" ("PersonId", "At");
CREATE INDEX "IX_RepairUses_RecordedById" ON "RepairUses" ("RecordedById");
CREATE INDEX "IX_RepairUses_TicketId_Id" ON "RepairUses" ("TicketId", "Id");
CREATE INDEX "IX_RepairUses_WithdrawnById" ON "RepairUses" ("WithdrawnById");
CREATE UNIQUE INDEX "IX_Rooms_BuildingId_Code" ON "Rooms" ("BuildingId", "Code") WHERE "RetiredAt" IS NULL;
CREATE INDEX "IX_Rooms_RetiredById" ON "Rooms" ("RetiredById");
CREATE UNIQUE INDEX "IX_SavedViews_OwnerId_Name" ON "SavedViews" ("OwnerId", "Name");
CREATE INDEX "IX_SavedViews_Shared" ON "SavedViews" ("Shared");
CREATE INDEX "IX_ServiceLevels_CategoryId" ON "ServiceLevels" ("CategoryId");
CREATE UNIQUE INDEX "IX_ServiceLevels_InForce" ON "ServiceLevels" ("Urgency") WHERE "Until" IS NULL AND "CategoryId" IS NULL;
CREATE UNIQUE INDEX "IX_ServiceLevels_InForceOfCategory" ON "ServiceLevels" ("Urgency", "CategoryId") WHERE "Until" IS NULL AND "CategoryId" IS NOT NULL;
CREATE INDEX "IX_ServiceLevels_SetById" ON "ServiceLevels" ("SetById");
CREATE INDEX "IX_SignInNames_PersonId" ON "SignInNames" ("PersonId");
CREATE INDEX "IX_SignIns_PersonId_At" ON "SignIns" ("PersonId", "At");
CREATE UNIQUE INDEX "IX_VisitSlots_Code" ON "VisitSlots" ("Code");
CREATE UNIQUE INDEX "RoleNameIndex" ON "AspNetRoles" ("NormalizedName");
CREATE INDEX "UserNameIndex" ON "People" ("NormalizedUserName");
INSERT INTO "AspNetRoles" ("Id", "Name", "NormalizedName", "ConcurrencyStamp") VALUES
    (1, 'Administrator', 'ADMINISTRATOR', 'Administrator'),
    (2, 'Manager', 'MANAGER', 'Manager'),
    (3, 'Dispatcher', 'DISPATCHER', 'Dispatcher'),
    (4, 'Technician', 'TECHNICIAN', 'Technician'),
    (5, 'Resident', 'RESIDENT', 'Resident');
INSERT INTO "AspNetUserRoles" ("UserId", "RoleId") VALUES
    (1, 1),
    (2, 1),
    (3, 2),
    (4, 2),
    (5, 3),
    (6, 3),
    (7, 3),
    (8, 3),
    (9, 3),
    (10, 4),
    (11, 4),
    (12, 4),
    (13, 4),
    (14, 4),
    (15, 4),
    (16, 4),
    (17, 4),
    (18, 4),
    (19, 4),
    (20, 4),
    (21, 4),
    (22, 4),
    (23, 4),
    (24, 5),
    (25, 5),
    (26, 5),
    (27, 5),
    (28, 5),
    (29, 5),
    (46, 5),
    (49, 5),
    (79, 5),
    (92, 5),
    (94, 5),
    (111, 5),
    (126, 5),
    (128, 5),
    (137, 5),
    (140, 5);
INSERT INTO "Audit" ("Id", "Entity", "EntityId", "Field", "Old", "New", "At", "ActorId") VALUES
    (1, 'Person', 1, 'Role', NULL, 'Administrator', 639312256848104705, NULL),
    (2, 'Person', 2, 'Role', NULL, 'Administrator', 639312256848371299, NULL),
    (3, 'Person', 3, 'Role', NULL, 'Manager', 639312256848400192, NULL),
    (4, 'Person', 4, 'Role', NULL, 'Manager', 639312256848424591, NULL),
    (5, 'Person', 5, 'Role', NULL, 'Dispatcher', 639312256848448693, NULL),
    (6, 'Person', 6, 'Role', NULL, 'Dispatcher', 639312256848473277, NULL),
    (7, 'Person', 7, 'Role', NULL, 'Dispatcher', 639312256848497851, NULL),
    (8, 'Person', 8, 'Role', NULL, 'Dispatcher', 639312256848525087, NULL),
    (9, 'Person', 9, 'Role', NULL, 'Dispatcher', 639312256848576341, NULL),
    (10, 'Person', 10, 'Role', NULL, 'Technician', 639312256848637866, NULL),
    (11, 'Crew', 1, 'LeadId', NULL, '10', 639312256848637866, NULL),
    (12, 'Person', 11, 'Role', NULL, 'Technician', 639312256848774029, NULL),
    (13, 'Person', 12, 'Role', NULL, 'Technician', 639312256848812113, NULL),
    (14, 'Person', 13, 'Role', NULL, 'Technician', 639312256848849240, NULL),
    (15, 'Person', 14, 'Role', NULL, 'Technician', 639312256848884686, NULL),
    (16, 'Person', 15, 'Role', NULL, 'Technician', 639312256848920425, NULL),
    (17, 'Crew', 2, 'LeadId', NULL, '15', 639312256848920425, NULL),
    (18, 'Person', 16, 'Role', NULL, 'Technician', 639312256848965042, NULL),
    (19, 'Person', 17, 'Role', NULL, 'Technician', 639312256849003661, NULL),
    (20, 'Person', 18, 'Role', NULL, 'Technician', 639312256849040517, NULL),
    (21, 'Crew', 3, 'LeadId', NULL, '18', 639312256849040517, NULL),
    (22, 'Person', 19, 'Role', NULL, 'Technician', 639312256849085014, NULL),
    (23, 'Person', 20, 'Role', NULL, 'Technician', 639312256849125503, NULL),
    (24, 'Person', 21, 'Role', NULL, 'Technician', 639312256849167979, NULL),
    (25, 'Crew', 4, 'LeadId', NULL, '21', 639312256849167979, NULL),
    (26, 'Person', 22, 'Role', NULL, 'Technician', 639312256849213369, NULL),
    (27, 'Person', 23, 'Role', NULL, 'Technician', 639312256849296030, NULL),
    (28, 'Person', 24, 'Role', NULL, 'Resident', 639312256849512057, NULL),
    (29, 'Person', 25, 'Role', NULL, 'Resident', 639312256849604160, NULL),
    (30, 'Person', 26, 'Role', NULL, 'Resident', 639312256849659287, NULL),
    (31, 'Person', 27, 'Role', NULL, 'Resident', 639312256849712142, NULL),
    (32, 'Person', 28, 'Role', NULL, 'Resident', 639312256849767249, NULL),
    (33, 'Person', 29, 'Role', NULL, 'Resident', 639312256849816915, NULL),
    (50, 'Person', 46, 'Role', NULL, 'Resident', 639312256850916073, NULL),
    (53, 'Person', 49, 'Role', NULL, 'Resident', 639312256851450937, NULL),
    (83, 'Person', 79, 'Role', NULL, 'Resident', 639312256857238052, NULL),
    (96, 'Person', 92, 'Role', NULL, 'Resident', 639312256859088238, NULL),
    (98, 'Person', 94, 'Role', NULL, 'Resident', 639312256859581105, NULL),
    (115, 'Person', 111, 'Role', NULL, 'Resident', 639312256865995176, NULL),
    (130, 'Person', 126, 'Role', NULL, 'Resident', 639312256871622892, NULL),
    (132, 'Person', 128, 'Role', NULL, 'Resident', 639312256872036928, NULL),
    (141, 'Person', 137, 'Role', NULL, 'Resident', 639312256876470518, NULL),
    (144, 'Person', 140, 'Role', NULL, 'Resident', 639312256877682976, NULL);
INSERT INTO "Beds" ("Id", "RoomId", "Code", "RetiredAt", "RetiredById", "RetiredBecause", "Version") VALUES
    (1, 1, '1', NULL, NULL, NULL, 1),
    (2, 1, '2', NULL, NULL, NULL, 1),
    (3, 1, '3', NULL, NULL, NULL, 1),
    (4, 1, '4', NULL, NULL, NULL, 1);
INSERT INTO "Buildings" ("Id", "CampusId", "Kind", "Version", "Code", "Name", "NameEn", "RetiredAt", "RetiredById", "RetiredBecause") VALUES
    (1, 1, 1, 1, 'Z1', '竹园1号楼', 'Bamboo Court 1', NULL, NULL, NULL),
    (2, 1, 1, 1, 'Z3', '竹园3号楼', 'Bamboo Court 3', NULL, NULL, NULL),
    (3, 1, 1, 1, 'M1', '梅园1号楼', 'Plum Court 1', NULL, NULL, NULL),
    (4, 1, 3, 1, 'LIB', '图书馆', 'Library', NULL, NULL, NULL),
    (5, 2, 1, 1, 'L2', '兰园2号楼', 'Orchid Court 2', NULL, NULL, NULL),
    (6, 2, 2, 1, 'T1', '第一教学楼', 'Teaching Building 1', NULL, NULL, NULL);
INSERT INTO "CalendarSpans" ("Id", "From", "To", "Kind", "Name", "NameEn", "SourceKey", "Version") VALUES
    (1, '2025-01-01', '2025-01-01', 1, '元旦', 'New Year''s Day', NULL, 1),
    (2, '2025-01-18', '2025-02-16', 3, '寒假', 'Winter break', NULL, 1),
    (3, '2025-01-26', '2025-01-26', 2, '春节调休', 'Spring Festival make-up day', NULL, 1),
    (4, '2025-01-28', '2025-02-04', 1, '春节', 'Spring Festival', NULL, 1),
    (5, '2025-02-08', '2025-02-08', 2, '春节调休', 'Spring Festival make-up day', NULL, 1);
INSERT INTO "Campuses" ("Id", "Version", "Code", "Name", "NameEn", "RetiredAt", "RetiredById", "RetiredBecause") VALUES
    (1, 1, 'E', '东校区', 'East Campus', NULL, NULL, NULL),
    (2, 1, 'W', '西校区', 'West Campus', NULL, NULL, NULL);
INSERT INTO "CannedReplies" ("Id", "OwnerId", "Name", "NameEn", "Text", "TextEn", "Shortcut", "Internal", "Verb", "Code", "RetiredAt", "RetiredById", "Version") VALUES
    (1, NULL, '已安排师傅', 'Technician on the way', '{报修人}您好，您报修的{地点}已安排师傅上门，请保持电话畅通。预计 {期限} 前处理完毕。', 'Hello {reporter}, a technician will come to {place}. Please keep your phone at hand. We expect to be done by {due}.', 'anpai', 0, NULL, NULL, NULL, NULL, 1),
    (2, NULL, '已受理', 'Received', '{报修人}您好，报修单 {单号} 已受理，我们会尽快安排师傅。', 'Hello {reporter}, we have received your report {number} and will arrange a technician soon.', 'shouli', 0, 2, NULL, NULL, NULL, 1),
    (3, NULL, '待料', 'Waiting for parts', '{报修人}您好，所需配件暂无库存，已申请采购，到货后第一时间上门维修。给您带来不便，敬请谅解。', 'Hello {reporter}, the part we need is out of stock and has been ordered. We will come as soon as it arrives. Sorry for the inconvenience.', 'dailiao', 0, 9, 'Parts', NULL, NULL, 1),
    (4, NULL, '上门无人', 'Nobody in', '{报修人}您好，师傅到{地点}时无人在，请回复方便上门的时间，我们重新安排。', 'Hello {reporter}, nobody was in when the technician came to {place}. Please tell us when it suits you, and we will come again.', 'wuren', 0, 9, 'Access', NULL, NULL, 1),
    (5, NULL, '待外委', 'Contractor needed', '{报修人}您好，此项维修需由外委单位处理，已通知对方，上门时间确定后另行告知。', 'Hello {reporter}, this repair has to be done by a contractor. We have informed them and will tell you when they come.', 'waiwei', 0, 9, 'Contractor', NULL, NULL, 1),
    (6, NULL, '待审批', 'Approval needed', '{报修人}您好，此项维修需报领导审批，审批通过后立即安排施工。', 'Hello {reporter}, this repair needs an approval. Work starts as soon as it is given.', 'shenpi', 0, 9, 'Approval', NULL, NULL, 1),
    (7, NULL, '请补充照片', 'Please send photos', '{报修人}您好，为了让师傅带齐工具和配件，请在报修单中补充一两张故障部位的照片，谢谢配合。', 'Hello {reporter}, please add one or two photos of the fault, so that the technician brings the right tools and parts. Thank you.', 'zhaopian', 0, NULL, NULL, NULL, NULL, 1),
    (8, NULL, '请补充位置', 'Where exactly?', '{报修人}您好，请补充故障的具体位置（如阳台、卫生间、床位号），以便师傅准确上门。', 'Hello {reporter}, please tell us where exactly the fault is (balcony, bathroom, bed number), so that the technician finds it.', 'weizhi', 0, NULL, NULL, NULL, NULL, 1),
    (9, NULL, '注意用电安全', 'Mind the electricity', '{报修人}您好，请立即停止使用故障电器并远离漏水、冒火花处，师傅正赶往{地点}。如遇险情请先撤离，并拨打保卫处电话。', 'Hello {reporter}, please stop using the faulty device and keep away from sparks and water. A technician is on the way to {place}. If in danger, leave first and call campus security.', 'yongdian', 0, 20, 'Emergency', NULL, NULL, 1),
    (10, NULL, '师傅已联系', 'Technician will call', '{报修人}您好，{维修人员}会在上门前与您电话联系，请留意陌生来电。', 'Hello {reporter}, {technician} will call you before coming. Please mind calls from unknown numbers.', 'lianxi', 0, NULL, NULL, NULL, NULL, 1),
    (11, NULL, '请验收', 'Please accept', '{报修人}您好，报修单 {单号} 已完工，请您验收并评价；如仍有问题，可直接退回返修。', 'Hello {reporter}, the repair {number} is done. Please accept and rate it; if something is still wrong, send it back.', 'yanshou', 0, NULL, NULL, NULL, NULL, 1),
    (12, NULL, '不属维修范围', 'Not ours to repair', '{报修人}您好，该物品不属于后勤维修范围，请联系所属部门或自行处理。如有疑问请回复，我们协助转达。', 'Hello {reporter}, this is not among the things logistics repairs. Please contact the department it belongs to. Reply if you have questions and we will pass them on.', 'fanwei', 0, NULL, NULL, NULL, NULL, 1),
    (13, NULL, '已电话核实', 'Checked by phone', '已与报修人电话核实，情况属实。（{我}）', 'Checked with the reporter by phone; it is as described. ({me})', 'heshi', 1, NULL, NULL, NULL, NULL, 1);
INSERT INTO "Categories" ("Id", "ParentId", "Position", "DefaultUrgency", "DefaultCrewId", "Version", "Code", "Name", "NameEn", "RetiredAt", "RetiredById", "RetiredBecause") VALUES
    (1, NULL, 0, 3, NULL, 1, 'water', '水', 'Water', NULL, NULL, NULL),
    (2, NULL, 8, 3, NULL, 1, 'power', '电', 'Power', NULL, NULL, NULL),
    (3, NULL, 16, 3, NULL, 1, 'hvac', '暖通', 'Heating and cooling', NULL, NULL, NULL),
    (4, NULL, 20, 3, NULL, 1, 'wood', '木五金', 'Woodwork and hardware', NULL, NULL, NULL),
    (5, NULL, 30, 3, NULL, 1, 'civil', '土建', 'Building fabric', NULL, NULL, NULL),
    (6, NULL, 36, 3, NULL, 1, 'appliance', '家电', 'Appliances', NULL, NULL, NULL),
    (7, NULL, 41, 3, NULL, 1, 'network', '网络', 'Network and low voltage', NULL, NULL, NULL),
    (8, NULL, 46, 3, NULL, 1, 'safety', '消防电梯', 'Fire safety and lifts', NULL, NULL, NULL),
    (9, NULL, 50, 3, NULL, 1, 'public', '公共', 'Public areas', NULL, NULL, NULL),
    (10, NULL, 56, 3, NULL, 1, 'misc', '其他', 'Other', NULL, NULL, NULL),
    (11, 1, 1, 3, 1, 1, 'water-tap', '水龙头', 'Tap', NULL, NULL, NULL),
    (12, 1, 2, 2, 1, 1, 'water-leak', '水管漏水', 'Leaking pipe', NULL, NULL, NULL),
    (13, 1, 3, 1, 1, 1, 'water-burst', '爆管', 'Burst pipe', NULL, NULL, NULL),
    (14, 1, 4, 2, 1, 1, 'water-drain', '下水堵塞', 'Blocked drain', NULL, NULL, NULL),
    (15, 1, 5, 3, 1, 1, 'water-toilet', '马桶/便池', 'Toilet or urinal', NULL, NULL, NULL),
    (16, 1, 6, 3, 1, 1, 'water-shower', '花洒/热水', 'Shower and hot water', NULL, NULL, NULL),
    (17, 1, 7, 3, 1, 1, 'water-meter', '水表', 'Water meter', NULL, NULL, NULL),
    (18, 2, 9, 3, 1, 1, 'power-light', '灯具', 'Light', NULL, NULL, NULL),
    (19, 2, 10, 3, 1, 1, 'power-socket', '开关插座', 'Switch or socket', NULL, NULL, NULL),
    (20, 2, 11, 2, 1, 1, 'power-trip', '跳闸', 'Tripped breaker', NULL, NULL, NULL),
    (21, 2, 12, 1, 1, 1, 'power-outage', '停电', 'Power cut', NULL, NULL, NULL),
    (22, 2, 13, 3, 1, 1, 'power-fan', '风扇', 'Ceiling fan', NULL, NULL, NULL),
    (23, 2, 14, 3, 1, 1, 'power-meter', '电表', 'Electricity meter', NULL, NULL, NULL),
    (24, 2, 15, 2, 1, 1, 'power-wiring', '线路', 'Wiring', NULL, NULL, NULL),
    (25, 3, 17, 3, 3, 1, 'hvac-ac', '空调', 'Air conditioner', NULL, NULL, NULL),
    (26, 3, 18, 3, 3, 1, 'hvac-radiator', '暖气片', 'Radiator', NULL, NULL, NULL),
    (27, 3, 19, 3, 3, 1, 'hvac-fresh-air', '新风', 'Fresh-air system', NULL, NULL, NULL),
    (28, 4, 21, 3, 2, 1, 'wood-door', '门', 'Door', NULL, NULL, NULL),
    (29, 4, 22, 1, 2, 1, 'wood-lock', '门锁', 'Door lock', NULL, NULL, NULL),
    (30, 4, 23, 3, 2, 1, 'wood-window', '窗', 'Window', NULL, NULL, NULL),
    (31, 4, 24, 2, 2, 1, 'wood-glass', '玻璃', 'Glass', NULL, NULL, NULL),
    (32, 4, 25, 3, 2, 1, 'wood-curtain', '窗帘', 'Curtain', NULL, NULL, NULL),
    (33, 4, 26, 3, 2, 1, 'wood-cabinet', '柜', 'Wardrobe or cabinet', NULL, NULL, NULL),
    (34, 4, 27, 3, 2, 1, 'wood-desk', '桌椅', 'Desk or chair', NULL, NULL, NULL),
    (35, 4, 28, 2, 2, 1, 'wood-bed', '床架/床板', 'Bed frame or boards', NULL, NULL, NULL),
    (36, 4, 29, 2, 2, 1, 'wood-ladder', '梯', 'Bunk ladder', NULL, NULL, NULL),
    (37, 5, 31, 3, 4, 1, 'civil-wall', '墙面', 'Wall', NULL, NULL, NULL),
    (38, 5, 32, 3, 4, 1, 'civil-tile', '地砖', 'Floor tiles', NULL, NULL, NULL),
    (39, 5, 33, 3, 4, 1, 'civil-ceiling', '天花', 'Ceiling', NULL, NULL, NULL),
    (40, 5, 34, 4, 4, 1, 'civil-roof', '屋面防水', 'Roof waterproofing', NULL, NULL, NULL),
    (41, 5, 35, 2, 4, 1, 'civil-road', '道路/井盖', 'Road or manhole cover', NULL, NULL, NULL),
    (42, 6, 37, 3, 4, 1, 'appliance-washer', '洗衣机', 'Washing machine', NULL, NULL, NULL),
    (43, 6, 38, 3, 4, 1, 'appliance-dispenser', '饮水机', 'Water dispenser', NULL, NULL, NULL),
    (44, 6, 39, 3, 1, 1, 'appliance-heater', '热水器', 'Water heater', NULL, NULL, NULL),
    (45, 6, 40, 3, 4, 1, 'appliance-dryer', '吹风机', 'Hair dryer', NULL, NULL, NULL),
    (46, 7, 42, 3, 4, 1, 'network-internet', '网络', 'Internet connection', NULL, NULL, NULL),
    (47, 7, 43, 2, 4, 1, 'network-access', '门禁', 'Door access control', NULL, NULL, NULL),
    (48, 7, 44, 3, 4, 1, 'network-camera', '监控', 'Security camera', NULL, NULL, NULL),
    (49, 7, 45, 3, 4, 1, 'network-card', '一卡通机', 'Campus card reader', NULL, NULL, NULL),
    (50, 8, 47, 2, 4, 1, 'safety-extinguisher', '灭火器', 'Fire extinguisher', NULL, NULL, NULL),
    (51, 8, 48, 2, 1, 1, 'safety-emergency-light', '应急灯', 'Emergency light', NULL, NULL, NULL),
    (52, 8, 49, 1, 4, 1, 'safety-elevator', '电梯', 'Lift', NULL, NULL, NULL),
    (53, 9, 51, 3, 1, 1, 'public-street-light', '路灯', 'Street light', NULL, NULL, NULL),
    (54, 9, 52, 3, 4, 1, 'public-greening', '绿化', 'Greenery', NULL, NULL, NULL),
    (55, 9, 53, 3, 4, 1, 'public-cleaning', '保洁', 'Cleaning', NULL, NULL, NULL),
    (56, 9, 54, 3, 4, 1, 'public-waste', '垃圾', 'Waste collection', NULL, NULL, NULL),
    (57, 9, 55, 3, 4, 1, 'public-pest', '除虫', 'Pest control', NULL, NULL, NULL),
    (58, 10, 57, 2, 4, 1, 'hazard', '安全隐患', 'Safety hazard', NULL, NULL, NULL),
    (59, 10, 58, 3, 4, 1, 'other', '其他问题', 'Anything else', NULL, NULL, NULL);
INSERT INTO "Centres" ("Id", "Version", "Code", "Name", "NameEn", "RetiredAt", "RetiredById", "RetiredBecause") VALUES
    (1, 1, 'repair', '维修中心', 'Repair centre', NULL, NULL, NULL);
INSERT INTO "Crews" ("Id", "CentreId", "Code", "LeadId", "Name", "NameEn", "RetiredAt", "RetiredBecause", "RetiredById", "Version") VALUES
    (1, 1, 'water-power', 10, '水电组', 'Plumbing and power', NULL, NULL, NULL, 2),
    (2, 1, 'carpentry', 15, '木工组', 'Carpentry', NULL, NULL, NULL, 2),
    (3, 1, 'hvac', 18, '空调组', 'Heating and cooling', NULL, NULL, NULL, 2),
    (4, 1, 'general', 21, '综合组', 'General works', NULL, NULL, NULL, 2);
INSERT INTO "DayNumbers" ("Series", "Day", "Last") VALUES
    ('BX', '2026-09-07', 1),
    ('BX', '2026-09-24', 1),
    ('BX', '2026-09-25', 1),
    ('BX', '2026-09-26', 1),
    ('BX', '2026-09-30', 1),
    ('BX', '2026-10-03', 1),
    ('BX', '2026-10-15', 1),
    ('BX', '2026-10-31', 1),
    ('BX', '2026-11-06', 1),
    ('BX', '2026-11-09', 1),
    ('BX', '2026-11-10', 1),
    ('BX', '2026-11-14', 1);
INSERT INTO "EscalationSteps" ("Id", "Clock", "OffsetMinutes", "Audience", "Version") VALUES
    (1, 1, 0, 1, 1),
    (2, 1, 60, 3, 1),
    (3, 2, -60, 1, 1),
    (4, 2, 30, 2, 1),
    (5, 2, 240, 3, 1);
INSERT INTO "LabourRates" ("Id", "CrewId", "PricePerHour", "From", "Until", "SetById", "Version") VALUES
    (1, 1, '60.0', 639312256840218818, NULL, NULL, 1),
    (2, 2, '55.0', 639312256840218818, NULL, NULL, 1),
    (3, 3, '75.0', 639312256840218818, NULL, NULL, 1),
    (4, 4, '50.0', 639312256840218818, NULL, NULL, 1);
INSERT INTO "Occupancies" ("Id", "PersonId", "RoomId", "BedId", "From", "Until") VALUES
    (1, 24, 235, NULL, 639312256849325172, NULL),
    (2, 25, 235, NULL, 639312256849572608, NULL),
    (3, 26, 235, NULL, 639312256849628000, NULL),
    (4, 27, 235, NULL, 639312256849680840, NULL),
    (5, 28, 136, NULL, 639312256849734182, NULL),
    (6, 29, 136, NULL, 639312256849784988, NULL),
    (23, 46, 190, NULL, 639312256850862499, NULL),
    (26, 49, 203, NULL, 639312256851302305, NULL),
    (56, 79, 43, NULL, 639312256857154066, NULL),
    (69, 92, 101, NULL, 639312256858952602, NULL),
    (71, 94, 101, NULL, 639312256859367736, NULL),
    (88, 111, 324, NULL, 639312256865755571, NULL),
    (103, 126, 371, NULL, 639312256871418528, NULL),
    (105, 128, 380, NULL, 639312256871853003, NULL),
    (114, 137, 490, NULL, 639312256876228851, NULL),
    (117, 140, 502, NULL, 639312256877363502, NULL);
INSERT INTO "OfficeSlots" ("Id", "Season", "DayOfWeek", "From", "To", "Version") VALUES
    (1, 1, 1, '08:00:00', '12:00:00', 1),
    (2, 1, 2, '08:00:00', '12:00:00', 1),
    (3, 1, 3, '08:00:00', '12:00:00', 1),
    (4, 1, 4, '08:00:00', '12:00:00', 1),
    (5, 1, 5, '08:00:00', '12:00:00', 1),
    (6, 1, 1, '14:00:00', '17:30:00', 1),
    (7, 1, 2, '14:00:00', '17:30:00', 1),
    (8, 1, 3, '14:00:00', '17:30:00', 1),
    (9, 1, 4, '14:00:00', '17:30:00', 1),
    (10, 1, 5, '14:00:00', '17:30:00', 1),
    (11, 2, 1, '09:00:00', '11:30:00', 1),
    (12, 2, 2, '09:00:00', '11:30:00', 1),
    (13, 2, 3, '09:00:00', '11:30:00', 1),
    (14, 2, 4, '09:00:00', '11:30:00', 1),
    (15, 2, 5, '09:00:00', '11:30:00', 1),
    (16, 2, 1, '14:30:00', '16:30:00', 1),
    (17, 2, 2, '14:30:00', '16:30:00', 1),
    (18, 2, 3, '14:30:00', '16:30:00', 1),
    (19, 2, 4, '14:30:00', '16:30:00', 1),
    (20, 2, 5, '14:30:00', '16:30:00', 1);
INSERT INTO "PartPrices" ("Id", "PartId", "Price", "From", "Until", "SetById") VALUES
    (1, 1, '12.0', 639312256840218818, NULL, NULL),
    (2, 2, '38.0', 639312256840218818, NULL, NULL),
    (3, 3, '85.0', 639312256840218818, NULL, NULL),
    (4, 4, '18.0', 639312256840218818, NULL, NULL),
    (5, 5, '9.5', 639312256840218818, NULL, NULL),
    (6, 6, '6.8', 639312256840218818, NULL, NULL),
    (15, 15, '42.0', 639312256840218818, NULL, NULL),
    (19, 19, '16.0', 639312256840218818, NULL, NULL),
    (21, 21, '78.0', 639312256840218818, NULL, NULL),
    (28, 28, '39.0', 639312256840218818, NULL, NULL),
    (46, 46, '88.0', 639312256840218818, NULL, NULL),
    (49, 49, '75.0', 639312256840218818, NULL, NULL),
    (57, 57, '14.0', 639312256840218818, NULL, NULL),
    (58, 58, '6.0', 639312256840218818, NULL, NULL),
    (61, 61, '28.0', 639312256840218818, NULL, NULL);
INSERT INTO "Parts" ("Id", "Code", "Name", "NameEn", "Unit", "UnitEn", "PriceCount", "RetiredAt", "RetiredById", "Version") VALUES
    (1, 'SL-001', '水龙头阀芯', 'Tap cartridge', '个', 'pc', 1, NULL, NULL, 1),
    (2, 'SL-002', '单冷水龙头', 'Cold-water tap', '个', 'pc', 1, NULL, NULL, 1),
    (3, 'SL-003', '冷热混水龙头', 'Mixer tap', '个', 'pc', 1, NULL, NULL, 1),
    (4, 'SL-004', '三角阀', 'Angle valve', '个', 'pc', 1, NULL, NULL, 1),
    (5, 'SL-005', '编织软管 50 cm', 'Braided hose 50 cm', '根', 'pc', 1, NULL, NULL, 1),
    (6, 'SL-006', 'PPR 管 20', 'PPR pipe 20 mm', '米', 'm', 1, NULL, NULL, 1),
    (15, 'SL-015', '淋浴花洒', 'Shower head', '个', 'pc', 1, NULL, NULL, 1),
    (19, 'DQ-001', 'LED 灯管 18W', 'LED tube 18 W', '支', 'pc', 1, NULL, NULL, 1),
    (21, 'DQ-003', 'LED 平板灯 600×600', 'LED panel 600 × 600', '套', 'set', 1, NULL, NULL, 1),
    (28, 'DQ-010', '空气开关 2P 20A', 'Circuit breaker 2P 20 A', '个', 'pc', 1, NULL, NULL, 1),
    (46, 'MJ-002', '执手门锁', 'Lever lock', '套', 'set', 1, NULL, NULL, 1),
    (49, 'MJ-005', '闭门器', 'Door closer', '个', 'pc', 1, NULL, NULL, 1),
    (57, 'MJ-013', '窗帘轨道', 'Curtain rail', '米', 'm', 1, NULL, NULL, 1),
    (58, 'MJ-014', '自攻螺丝', 'Self-tapping screws', '盒', 'box', 1, NULL, NULL, 1),
    (61, 'TJ-003', '腻子粉', 'Filler powder', '袋', 'bag', 1, NULL, NULL, 1);
INSERT INTO "People" ("Id", "AccessFailedCount", "BedId", "ClassName", "College", "ConcurrencyStamp", "CrewId", "DarkMode", "Email", "EmailConfirmed", "FullName", "Gender", "Grade", "Initials", "Language", "LockoutEnabled", "LockoutEnd", "Major", "MustChangePassword", "NormalizedEmail", "NormalizedUserName", "Number", "PasswordHash", "PhoneNumber", "PhoneNumberConfirmed", "Pinyin", "RetiredAt", "RetiredBecause", "RetiredById", "RoomId", "SecurityStamp", "SlipExpiresAt", "SlipHash", "Status", "StatusBecause", "TwoFactorEnabled", "UserName", "Version") VALUES
    (1, 0, NULL, NULL, NULL, '8e71fd4a-727d-42a3-b17f-90c3deb11020', NULL, 0, 'zhenghaitao@example.edu.cn', 0, '郑海涛', 0, NULL, 'zht', 'zh-CN', 1, NULL, NULL, 0, 'ZHENGHAITAO@EXAMPLE.EDU.CN', 'ADMIN', '100001', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '13800001207', 0, 'zheng haitao', NULL, NULL, NULL, NULL, '2f60c8dd7cf547e0a66d28dca34abcb6', NULL, NULL, 2, NULL, 0, 'admin', 1),
    (2, 0, NULL, NULL, NULL, '69c989bb-3627-456a-a3d6-361d1d5a387c', NULL, 0, 'hepeiyao@example.edu.cn', 0, '何佩瑶', 0, NULL, 'hpy', 'zh-CN', 1, NULL, NULL, 0, 'HEPEIYAO@EXAMPLE.EDU.CN', '100002', '100002', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '15000004778', 0, 'he peiyao', NULL, NULL, NULL, NULL, '054c6b88fedf424a8baf108ae24ab9c9', NULL, NULL, 2, NULL, 0, '100002', 1),
    (3, 0, NULL, NULL, NULL, '219b00af-a264-4466-ace7-e198b883c231', NULL, 0, 'shenguodong@example.edu.cn', 0, '沈国栋', 0, NULL, 'sgd', 'zh-CN', 1, NULL, NULL, 0, 'SHENGUODONG@EXAMPLE.EDU.CN', 'MANAGER', '100011', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '18700008349', 0, 'shen guodong', NULL, NULL, NULL, NULL, '6a39c86f2b5c43e7a670f77ba888fd13', NULL, NULL, 2, NULL, 0, 'manager', 1),
    (4, 0, NULL, NULL, NULL, '7184ffc0-eade-455f-a48f-54a1d94ea53d', NULL, 0, 'luoyuqin@example.edu.cn', 0, '罗玉琴', 0, NULL, 'lyq', 'zh-CN', 1, NULL, NULL, 0, 'LUOYUQIN@EXAMPLE.EDU.CN', '100012', '100012', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '13800001920', 0, 'luo yuqin', NULL, NULL, NULL, NULL, '1bbe20da6b60435b96178e61871f8244', NULL, NULL, 2, NULL, 0, '100012', 1),
    (5, 0, NULL, NULL, NULL, '389861a0-61f1-409a-829a-5790b0f0eb39', NULL, 0, 'wangjing@example.edu.cn', 0, '王静', 0, NULL, 'wj', 'zh-CN', 1, NULL, NULL, 0, 'WANGJING@EXAMPLE.EDU.CN', 'DISPATCHER', '100101', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '15000005491', 0, 'wang jing', NULL, NULL, NULL, NULL, 'a6c878b160254fe3971795e506f815a3', NULL, NULL, 2, NULL, 0, 'dispatcher', 1),
    (6, 0, NULL, NULL, NULL, '0f0773cb-cfac-4666-9425-1e7d569670e1', NULL, 0, 'limin@example.edu.cn', 0, '李敏', 0, NULL, 'lm', 'zh-CN', 1, NULL, NULL, 0, 'LIMIN@EXAMPLE.EDU.CN', '100102', '100102', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '18700009062', 0, 'li min', NULL, NULL, NULL, NULL, '4c84c19e1c4a46ffb46ff50f60d88676', NULL, NULL, 2, NULL, 0, '100102', 1),
    (7, 0, NULL, NULL, NULL, '26998e6d-2669-4069-b41d-c7b9b0ad8ca1', NULL, 0, 'zhouyating@example.edu.cn', 0, '周雅婷', 0, NULL, 'zyt', 'zh-CN', 1, NULL, NULL, 0, 'ZHOUYATING@EXAMPLE.EDU.CN', '100103', '100103', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '13800002633', 0, 'zhou yating', NULL, NULL, NULL, NULL, 'd787d1da50af41e2b688ad108fd677d0', NULL, NULL, 2, NULL, 0, '100103', 1),
    (8, 0, NULL, NULL, NULL, '702f0186-9ccf-4b8c-b800-02588126f997', NULL, 0, 'chenliqun@example.edu.cn', 0, '陈立群', 0, NULL, 'clq', 'zh-CN', 1, NULL, NULL, 0, 'CHENLIQUN@EXAMPLE.EDU.CN', '100104', '100104', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '15000006204', 0, 'chen liqun', NULL, NULL, NULL, NULL, 'ea36dba2768a4c7ab042f8815f15a3aa', NULL, NULL, 2, NULL, 0, '100104', 1),
    (9, 0, NULL, NULL, NULL, 'adbf2fc2-ad42-4884-8473-09ec9d2e0f0f', NULL, 0, 'linxiaolan@example.edu.cn', 0, '林晓岚', 0, NULL, 'lxl', 'en', 1, NULL, NULL, 0, 'LINXIAOLAN@EXAMPLE.EDU.CN', 'DISPATCHER.EN', '100105', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '18700009775', 0, 'lin xiaolan', NULL, NULL, NULL, NULL, 'fe2df86bc67c4373b1bcafd0900a34c2', NULL, NULL, 2, NULL, 0, 'dispatcher.en', 1),
    (10, 0, NULL, NULL, NULL, '4c2498f3-41f3-4a7f-a2f4-73285373281e', 1, 0, 'sunqiang@example.edu.cn', 0, '孙强', 0, NULL, 'sq', 'zh-CN', 1, NULL, NULL, 0, 'SUNQIANG@EXAMPLE.EDU.CN', 'TECHNICIAN', '100201', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '13800003346', 0, 'sun qiang', NULL, NULL, NULL, NULL, '3bb57b248fb74a4388dadcf262f23857', NULL, NULL, 2, NULL, 0, 'technician', 1),
    (11, 0, NULL, NULL, NULL, 'f9fd4c9b-3b78-44ab-8f78-ca8a4555d0e0', 1, 0, 'madefu@example.edu.cn', 0, '马德福', 0, NULL, 'mdf', 'zh-CN', 1, NULL, NULL, 0, 'MADEFU@EXAMPLE.EDU.CN', '100202', '100202', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '15000006917', 0, 'ma defu', NULL, NULL, NULL, NULL, '8dd5af32b7b5406089ebeaf430d6c92a', NULL, NULL, 2, NULL, 0, '100202', 1),
    (12, 0, NULL, NULL, NULL, '6e9795e7-53e5-4527-a20e-3e1f3664d3b8', 1, 0, 'xuzhiming@example.edu.cn', 0, '徐志明', 0, NULL, 'xzm', 'zh-CN', 1, NULL, NULL, 0, 'XUZHIMING@EXAMPLE.EDU.CN', '100203', '100203', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '18700000488', 0, 'xu zhiming', NULL, NULL, NULL, NULL, 'cd1ab1cbce2640d7912907292ee84abf', NULL, NULL, 2, NULL, 0, '100203', 1),
    (13, 0, NULL, NULL, NULL, '595be2c9-7783-4f54-acb2-fc6e3ecb644a', 1, 0, 'handongsheng@example.edu.cn', 0, '韩冬生', 0, NULL, 'hds', 'zh-CN', 1, NULL, NULL, 0, 'HANDONGSHENG@EXAMPLE.EDU.CN', '100204', '100204', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '13800004059', 0, 'han dongsheng', NULL, NULL, NULL, NULL, '2327fffb2fe64d2598bbd5e55e875ad8', NULL, NULL, 2, NULL, 0, '100204', 1),
    (14, 0, NULL, NULL, NULL, 'cacf2e8f-e830-45d1-b3f6-a5d50cdd13f1', 1, 0, 'yinxiaolong@example.edu.cn', 0, '尹小龙', 0, NULL, 'yxl', 'zh-CN', 1, NULL, NULL, 0, 'YINXIAOLONG@EXAMPLE.EDU.CN', '100205', '100205', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '15000007630', 0, 'yin xiaolong', NULL, NULL, NULL, NULL, '6c62a20fbe98498d9bb84f83b484fee3', NULL, NULL, 2, NULL, 0, '100205', 1),
    (15, 0, NULL, NULL, NULL, '50057fa6-6fd1-45e8-a392-64728b8c4784', 2, 0, 'luchanghe@example.edu.cn', 0, '鲁长河', 0, NULL, 'lch', 'zh-CN', 1, NULL, NULL, 0, 'LUCHANGHE@EXAMPLE.EDU.CN', '100206', '100206', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '18700001201', 0, 'lu changhe', NULL, NULL, NULL, NULL, 'fa11a83ab36741c58c550f41568237bc', NULL, NULL, 2, NULL, 0, '100206', 1),
    (16, 0, NULL, NULL, NULL, 'a0d42ba7-a871-48a2-b6fa-9c33582b791f', 2, 0, 'wugenbao@example.edu.cn', 0, '吴根宝', 0, NULL, 'wgb', 'zh-CN', 1, NULL, NULL, 0, 'WUGENBAO@EXAMPLE.EDU.CN', '100207', '100207', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '13800004772', 0, 'wu genbao', NULL, NULL, NULL, NULL, '88d4e11d16dd4a2eb16d915ed0ad4eb2', NULL, NULL, 2, NULL, 0, '100207', 1),
    (17, 0, NULL, NULL, NULL, '34555869-64e7-4dbb-8407-f493974ea7b0', 2, 0, 'dingjianye@example.edu.cn', 0, '丁建业', 0, NULL, 'djy', 'zh-CN', 1, NULL, NULL, 0, 'DINGJIANYE@EXAMPLE.EDU.CN', '100208', '100208', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '15000008343', 0, 'ding jianye', NULL, NULL, NULL, NULL, 'dfdb6c6305a44757b2631bb6634cbfde', NULL, NULL, 2, NULL, 0, '100208', 1),
    (18, 0, NULL, NULL, NULL, '525154cf-8f73-4aa5-b851-2940ebd52713', 3, 0, 'zhouyongjun@example.edu.cn', 0, '周勇军', 0, NULL, 'zyj', 'zh-CN', 1, NULL, NULL, 0, 'ZHOUYONGJUN@EXAMPLE.EDU.CN', '100209', '100209', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '18700001914', 0, 'zhou yongjun', NULL, NULL, NULL, NULL, '9b4db9267ec646f490071f4ff0cc1bed', NULL, NULL, 2, NULL, 0, '100209', 1),
    (19, 0, NULL, NULL, NULL, '9dec00f5-80c5-48b4-8e6f-352390fa12b8', 3, 0, 'caolei@example.edu.cn', 0, '曹磊', 0, NULL, 'cl', 'zh-CN', 1, NULL, NULL, 0, 'CAOLEI@EXAMPLE.EDU.CN', '100210', '100210', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '13800005485', 0, 'cao lei', NULL, NULL, NULL, NULL, '22e198cf08084fdda38c30cc2841d422', NULL, NULL, 2, NULL, 0, '100210', 1),
    (20, 0, NULL, NULL, NULL, 'ec23bf78-f101-4e2c-b639-28d879072987', 3, 0, 'qinzhenhua@example.edu.cn', 0, '覃振华', 0, NULL, 'qzh', 'zh-CN', 1, NULL, NULL, 0, 'QINZHENHUA@EXAMPLE.EDU.CN', '100211', '100211', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '15000009056', 0, 'qin zhenhua', NULL, NULL, NULL, NULL, '57f4d47e763f4ff2ae05300699c6eac6', NULL, NULL, 2, NULL, 0, '100211', 1),
    (21, 0, NULL, NULL, NULL, '27cbf634-5f25-40e8-96ad-30fa3a5c8d49', 4, 0, 'chenbaoguo@example.edu.cn', 0, '陈保国', 0, NULL, 'cbg', 'zh-CN', 1, NULL, NULL, 0, 'CHENBAOGUO@EXAMPLE.EDU.CN', '100212', '100212', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '18700002627', 0, 'chen baoguo', NULL, NULL, NULL, NULL, '9c715199c1354cb48acd523451676887', NULL, NULL, 2, NULL, 0, '100212', 1),
    (22, 0, NULL, NULL, NULL, '54ade1c3-cabc-4029-a932-445c20537fb2', 4, 0, 'laiwenbin@example.edu.cn', 0, '赖文斌', 0, NULL, 'lwb', 'zh-CN', 1, NULL, NULL, 0, 'LAIWENBIN@EXAMPLE.EDU.CN', '100213', '100213', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '13800006198', 0, 'lai wenbin', NULL, NULL, NULL, NULL, '711f5c4e09884d8ba01d18568d93d60d', NULL, NULL, 2, NULL, 0, '100213', 1),
    (23, 0, NULL, NULL, NULL, 'cc98e92b-f161-43e0-9710-7cb4e8f53487', 4, 0, 'tongqiaoyun@example.edu.cn', 0, '仝巧云', 0, NULL, 'tqy', 'zh-CN', 1, NULL, NULL, 0, 'TONGQIAOYUN@EXAMPLE.EDU.CN', '100214', '100214', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '15000009769', 0, 'tong qiaoyun', NULL, NULL, NULL, NULL, '68696ff0d54e4d6e89cc035bb9949dd5', NULL, NULL, 2, NULL, 0, '100214', 1),
    (24, 0, NULL, NULL, NULL, '06a9b36a-62bb-4a1d-aae6-9645697598c5', NULL, 0, '2025010123@example.edu.cn', 0, '王小雨', 0, NULL, 'wxy', 'zh-CN', 1, NULL, NULL, 0, '2025010123@EXAMPLE.EDU.CN', 'STUDENT', '2025010123', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '18700003340', 0, 'wang xiaoyu', NULL, NULL, NULL, 235, '87e8d7abd504449ea66fb66120792cc9', NULL, NULL, 2, NULL, 0, 'student', 1),
    (25, 0, NULL, NULL, NULL, '12466c3e-a617-46ae-9842-691fc8d202c4', NULL, 0, '2025020051@example.edu.cn', 0, '赵䶮', 0, NULL, 'z䶮', 'zh-CN', 1, NULL, NULL, 0, '2025020051@EXAMPLE.EDU.CN', '2025020051', '2025020051', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '13800006911', 0, 'zhao 䶮', NULL, NULL, NULL, 235, '874c2c4b68ee4a21820794a8dfa544a7', NULL, NULL, 2, NULL, 0, '2025020051', 1),
    (26, 0, NULL, NULL, NULL, 'e7efd284-2aa1-4492-a9da-8e334cf944a5', NULL, 0, '2025050048@example.edu.cn', 0, '陈堃', 0, NULL, 'ck', 'zh-CN', 1, NULL, NULL, 0, '2025050048@EXAMPLE.EDU.CN', '2025050048', '2025050048', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '15000000482', 0, 'chen kun', NULL, NULL, NULL, 235, '352ce36c90214fc6bfe22296ddece8ec', NULL, NULL, 2, NULL, 0, '2025050048', 1),
    (27, 0, NULL, NULL, NULL, '8585571d-e248-4247-b0f2-8a8be4085c4c', NULL, 0, '2025010130@example.edu.cn', 0, '周启明', 0, NULL, 'zqm', 'zh-CN', 1, NULL, NULL, 0, '2025010130@EXAMPLE.EDU.CN', '2025010130', '2025010130', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '18700004053', 0, 'zhou qiming', NULL, NULL, NULL, 235, '90d2598993f74deaa1b25929c9d9bfb8', NULL, NULL, 2, NULL, 0, '2025010130', 1),
    (28, 0, NULL, NULL, NULL, 'b3081793-6c21-4734-883a-d73cf199974a', NULL, 0, '2026020054@example.edu.cn', 0, '孙嘉', 0, NULL, 'sj', 'zh-CN', 1, NULL, NULL, 0, '2026020054@EXAMPLE.EDU.CN', '2026020054', '2026020054', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '13800007624', 0, 'sun jia', NULL, NULL, NULL, 136, 'ee13cb7c3d304aa3b01731d474e82c87', NULL, NULL, 2, NULL, 0, '2026020054', 1),
    (29, 0, NULL, NULL, NULL, 'd98dc8b1-b4f4-4137-998c-8496f3289345', NULL, 0, '2026050060@example.edu.cn', 0, '李承霖', 0, NULL, 'lcl', 'zh-CN', 1, NULL, NULL, 0, '2026050060@EXAMPLE.EDU.CN', '2026050060', '2026050060', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '15000001195', 0, 'li chenglin', NULL, NULL, NULL, 136, '9132bd7fe6c64a1bab201a1913e37939', NULL, NULL, 2, NULL, 0, '2026050060', 1),
    (46, 0, NULL, NULL, NULL, 'f1dda300-8476-456c-9900-fbcb52b491a9', NULL, 0, '2023020029@example.edu.cn', 0, '崔文博', 0, NULL, 'cwb', 'zh-CN', 1, NULL, NULL, 0, '2023020029@EXAMPLE.EDU.CN', '2023020029', '2023020029', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '13800001902', 0, 'cui wenbo', NULL, NULL, NULL, 190, 'f1d56684abdb4b56ac9322d0b1ba8f47', NULL, NULL, 2, NULL, 0, '2023020029', 1),
    (49, 0, NULL, NULL, NULL, '76109ae4-8b2a-44d6-a945-88535bb89ec0', NULL, 0, '2024020026@example.edu.cn', 0, '江一舟', 0, NULL, 'jyz', 'zh-CN', 1, NULL, NULL, 0, '2024020026@EXAMPLE.EDU.CN', '2024020026', '2024020026', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '13800002615', 0, 'jiang yizhou', NULL, NULL, NULL, 203, '61d85a872b284ec4ae307a95d3ae910a', NULL, NULL, 2, NULL, 0, '2024020026', 1),
    (79, 0, NULL, NULL, NULL, '545d762f-bcbb-4708-aa36-3c02424cce21', NULL, 0, '2023040030@example.edu.cn', 0, '吕思源', 0, NULL, 'lsy', 'zh-CN', 1, NULL, NULL, 0, '2023040030@EXAMPLE.EDU.CN', '2023040030', '2023040030', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '13800009745', 0, 'lv siyuan', NULL, NULL, NULL, 43, '4e27ad5faa5b47cdb999172e3fc337b0', NULL, NULL, 2, NULL, 0, '2023040030', 1),
    (92, 0, NULL, NULL, NULL, 'c87ca480-ff51-4b2a-9e23-5b711f0600d9', NULL, 0, '2023060035@example.edu.cn', 0, '方喆', 0, NULL, 'fz', 'zh-CN', 1, NULL, NULL, 0, '2023060035@EXAMPLE.EDU.CN', '2023060035', '2023060035', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '15000006168', 0, 'fang zhe', NULL, NULL, NULL, 101, '9ba43c5be1e54f539420c55299fe0b86', NULL, NULL, 2, NULL, 0, '2023060035', 1),
    (94, 0, NULL, NULL, NULL, '902cc566-f6e0-4179-a354-c8a0a948dc81', NULL, 0, '2023040039@example.edu.cn', 0, '宋知行', 0, NULL, 'szx', 'zh-CN', 1, NULL, NULL, 0, '2023040039@EXAMPLE.EDU.CN', '2023040039', '2023040039', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '13800003310', 0, 'song zhixing', NULL, NULL, NULL, 101, 'e761e0aa4a0d4ea9982d02bb74a569f8', NULL, NULL, 2, NULL, 0, '2023040039', 1),
    (111, 0, NULL, NULL, NULL, '8b0f569e-2f56-498d-b22f-8534eca56e4d', NULL, 0, '2024020046@example.edu.cn', 0, '纪凝', 0, NULL, 'jn', 'zh-CN', 1, NULL, NULL, 0, '2024020046@EXAMPLE.EDU.CN', '2024020046', '2024020046', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '18700004017', 0, 'ji ning', NULL, NULL, NULL, 324, 'd775d8266e534383ac3adb1d83f75bc6', NULL, NULL, 2, NULL, 0, '2024020046', 1),
    (126, 0, NULL, NULL, NULL, '6675062d-08e0-4a37-a792-04f7d20b94ce', NULL, 0, '2023020052@example.edu.cn', 0, '谢婉清', 0, NULL, 'xwq', 'zh-CN', 1, NULL, NULL, 0, '2023020052@EXAMPLE.EDU.CN', '2023020052', '2023020052', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '18700007582', 0, 'xie wanqing', NULL, NULL, NULL, 371, '4f526ef328ed4af49d6794c3c2f52e53', NULL, NULL, 2, NULL, 0, '2023020052', 1),
    (128, 0, NULL, NULL, NULL, '27018714-556b-48f4-a800-8d6023ea85c5', NULL, 0, '2024080074@example.edu.cn', 0, '曲婧', 0, NULL, 'qj', 'zh-CN', 1, NULL, NULL, 0, '2024080074@EXAMPLE.EDU.CN', '2024080074', '2024080074', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '15000004724', 0, 'qu jing', NULL, NULL, NULL, 380, 'f41730fc3de849c3a03f496a815ffc0d', NULL, NULL, 2, NULL, 0, '2024080074', 1),
    (137, 0, NULL, NULL, NULL, 'f3531aa9-0874-4292-838c-a86946866c48', NULL, 0, '2024100067@example.edu.cn', 0, '蓝心语', 0, NULL, 'lxy', 'zh-CN', 1, NULL, NULL, 0, '2024100067@EXAMPLE.EDU.CN', '2024100067', '2024100067', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '15000006863', 0, 'lan xinyu', NULL, NULL, NULL, 490, '72d80da3d6ed4602a74358019942e5bb', NULL, NULL, 2, NULL, 0, '2024100067', 1),
    (140, 0, NULL, NULL, NULL, 'cad191f0-2e61-4991-b626-75ac3898af50', NULL, 0, '2024200019@example.edu.cn', 0, 'Sofia Moreno', 0, NULL, 'sm', 'en', 1, NULL, NULL, 0, '2024200019@EXAMPLE.EDU.CN', '2024200019', '2024200019', 'AQAAAAIAAYagAAAAEIY0vTWa3UmXQ2oCYX4sx3NS27ys8zJU1B+TkIIV0/jifKKness0Z8hQXoznDTRbpw==', '15000007576', 0, 'sofia moreno', NULL, NULL, NULL, 502, '6031160f752a4c578151aaa2c181e092', NULL, NULL, 2, NULL, 0, '2024200019', 1);
INSERT INTO "RepairEvents" ("Id", "TicketId", "Verb", "At", "ActorId", "From", "To", "Code", "CrewId", "PersonId", "Note", "Internal") VALUES
    (1, 1, 1, 639243399030000000, 126, 1, 1, NULL, NULL, NULL, NULL, 0),
    (2, 1, 4, 639243404160000000, 8, 1, 3, NULL, 1, 10, NULL, 0),
    (3, 1, 5, 639243418290000000, 10, 3, 4, NULL, NULL, NULL, NULL, 0),
    (4, 1, 8, 639243542430000000, 10, 4, 5, NULL, NULL, NULL, NULL, 0),
    (5, 1, 11, 639243561630000000, 10, 5, 7, NULL, NULL, NULL, '机组重启，出水 48 度', 0),
    (6, 1, 12, 639249609760000000, NULL, 7, 9, NULL, NULL, NULL, NULL, 0),
    (7, 2, 1, 639258409770000000, 27, 1, 1, NULL, NULL, NULL, NULL, 0),
    (8, 2, 4, 639258414180000000, 8, 1, 3, NULL, 2, 17, NULL, 0),
    (9, 2, 5, 639258417180000000, 17, 3, 4, NULL, NULL, NULL, NULL, 0),
    (10, 2, 8, 639258428920000000, 17, 4, 5, NULL, NULL, NULL, NULL, 0),
    (11, 2, 11, 639258439490000000, 17, 5, 7, NULL, NULL, NULL, '更换智能锁电池，刷卡正常', 0),
    (12, 2, 12, 639259784490000000, 27, 7, 9, NULL, NULL, NULL, NULL, 0),
    (13, 2, 13, 639259799990000000, 27, 9, 9, '4', NULL, NULL, NULL, 0),
    (14, 3, 1, 639259403430000000, 79, 1, 1, NULL, NULL, NULL, NULL, 0),
    (15, 3, 4, 639259764770000000, 8, 1, 3, NULL, 2, 15, '带合页和自攻钉', 0),
    (16, 3, 5, 639259786050000000, 15, 3, 4, NULL, NULL, NULL, NULL, 0),
    (17, 3, 8, 639259867670000000, 15, 4, 5, NULL, NULL, NULL, NULL, 0),
    (18, 3, 11, 639259876040000000, 15, 5, 7, NULL, NULL, NULL, '更换滑轮并调平，推拉正常', 0),
    (19, 3, 12, 639265924080000000, NULL, 7, 9, NULL, NULL, NULL, NULL, 0),
    (20, 4, 1, 639259738210000000, 111, 1, 1, NULL, NULL, NULL, NULL, 0),
    (21, 4, 4, 639259759860000000, 6, 1, 3, NULL, 1, 10, '带软管接头和角阀', 0),
    (22, 4, 14, 639259765360000000, 111, 3, 11, NULL, NULL, NULL, '自己修好了，谢谢', 0),
    (23, 5, 1, 639263263440000000, 9, 1, 1, NULL, NULL, NULL, NULL, 0),
    (24, 5, 2, 639263274310000000, 9, 1, 2, NULL, NULL, NULL, NULL, 0),
    (25, 5, 4, 639263283210000000, 9, 2, 3, NULL, 2, NULL, NULL, 0),
    (26, 5, 5, 639263298350000000, 15, 3, 4, NULL, NULL, NULL, NULL, 0),
    (27, 5, 8, 639263395780000000, 15, 4, 5, NULL, NULL, NULL, NULL, 0),
    (28, 5, 11, 639263448920000000, 15, 5, 7, NULL, NULL, NULL, '更换滑轮和挂钩，拉动顺畅', 0),
    (29, 5, 12, 639263522580000000, 46, 7, 9, NULL, NULL, NULL, NULL, 0),
    (30, 5, 13, 639263543480000000, 46, 9, 9, '4', NULL, NULL, NULL, 0),
    (31, 6, 1, 639266247770000000, 92, 1, 1, NULL, NULL, NULL, NULL, 0),
    (32, 6, 14, 639266281430000000, 92, 1, 11, NULL, NULL, NULL, '时间不合适，下周再报', 0),
    (33, 7, 1, 639276722140000000, 46, 1, 1, NULL, NULL, NULL, NULL, 0),
    (34, 7, 4, 639277037760000000, 7, 1, 3, NULL, 4, 21, NULL, 0),
    (35, 7, 5, 639277145230000000, 21, 3, 4, NULL, NULL, NULL, NULL, 0),
    (36, 7, 9, 639277170750000000, 21, 4, 6, 'Access', NULL, NULL, '敲门无人，电话未接', 0),
    (37, 7, 10, 639277995150000000, 21, 6, 4, NULL, NULL, NULL, NULL, 0),
    (38, 7, 8, 639278056570000000, 21, 4, 5, NULL, NULL, NULL, NULL, 0),
    (39, 7, 11, 639278083230000000, 21, 5, 7, NULL, NULL, NULL, '铲除空鼓并修补，待干后刷漆', 0),
    (40, 7, 12, 639278119280000000, 46, 7, 9, NULL, NULL, NULL, NULL, 0),
    (41, 7, 13, 639278183980000000, 46, 9, 9, '4', NULL, NULL, NULL, 0),
    (42, 8, 1, 639290310280000000, 128, 1, 1, NULL, NULL, NULL, NULL, 0),
    (43, 8, 2, 639290337980000000, 7, 1, 2, NULL, NULL, NULL, NULL, 0),
    (44, 8, 4, 639290451860000000, 7, 2, 3, NULL, 4, 23, NULL, 0),
    (45, 8, 5, 639291122070000000, 23, 3, 4, NULL, NULL, NULL, NULL, 0),
    (46, 8, 8, 639291141790000000, 23, 4, 5, NULL, NULL, NULL, NULL, 0),
    (47, 8, 11, 639291195520000000, 23, 5, 7, NULL, NULL, NULL, '全屋喷药，地漏加防虫网', 0),
    (48, 8, 12, 639294572900000000, 7, 7, 9, NULL, NULL, NULL, NULL, 0),
    (49, 9, 1, 639295375210000000, 137, 1, 1, NULL, NULL, NULL, NULL, 0),
    (50, 9, 2, 639295433680000000, 8, 1, 2, NULL, NULL, NULL, NULL, 0),
    (51, 9, 4, 639295459360000000, 8, 2, 3, NULL, 2, 15, '带合页和自攻钉', 0),
    (52, 9, 5, 639295512680000000, 15, 3, 4, NULL, NULL, NULL, NULL, 0),
    (53, 9, 8, 639296205200000000, 15, 4, 5, NULL, NULL, NULL, NULL, 0),
    (54, 9, 11, 639296237590000000, 15, 5, 7, NULL, NULL, NULL, '更换床板一块', 0),
    (55, 9, 12, 639296299760000000, 137, 7, 9, NULL, NULL, NULL, NULL, 0),
    (56, 9, 13, 639296321090000000, 137, 9, 9, '5', NULL, NULL, NULL, 0),
    (57, 10, 1, 639297847750000000, 140, 1, 1, NULL, NULL, NULL, NULL, 0),
    (58, 10, 2, 639297873950000000, 6, 1, 2, NULL, NULL, NULL, NULL, 0),
    (59, 10, 4, 639298201000000000, 6, 2, 3, NULL, 1, 10, NULL, 0),
    (60, 10, 16, 639298211810000000, 6, 3, 3, NULL, NULL, NULL, '属人为损坏，定损后再修，未告知学生金额', 1),
    (61, 10, 5, 639298671370000000, 10, 3, 4, NULL, NULL, NULL, NULL, 0),
    (62, 10, 15, 639298676140000000, 140, 4, 4, NULL, NULL, NULL, '今天一直在等，没有人来', 0),
    (63, 10, 8, 639298809440000000, 10, 4, 5, NULL, NULL, NULL, NULL, 0),
    (64, 10, 11, 639298832550000000, 10, 5, 7, NULL, NULL, NULL, '更换驱动，不再闪', 0),
    (65, 10, 12, 639299912060000000, 140, 7, 9, NULL, NULL, NULL, NULL, 0),
    (66, 11, 1, 639299140150000000, 94, 1, 1, NULL, NULL, NULL, NULL, 0),
    (67, 11, 4, 639299154120000000, 5, 1, 3, NULL, 2, NULL, '带合页和自攻钉', 0),
    (68, 11, 16, 639299158410000000, 5, 3, 3, NULL, NULL, NULL, '报修人情绪比较急，说话注意一点', 1),
    (69, 11, 5, 639299545630000000, 17, 3, 4, NULL, NULL, NULL, NULL, 0),
    (70, 11, 8, 639299711360000000, 17, 4, 5, NULL, NULL, NULL, NULL, 0),
    (71, 11, 11, 639299746780000000, 17, 5, 7, NULL, NULL, NULL, '更换滑轮并调平，推拉正常', 0),
    (72, 11, 12, 639300422620000000, 94, 7, 9, NULL, NULL, NULL, NULL, 0),
    (73, 11, 13, 639300437410000000, 94, 9, 9, '5', NULL, NULL, NULL, 0),
    (74, 12, 1, 639302476230000000, 49, 1, 1, NULL, NULL, NULL, NULL, 0),
    (75, 12, 4, 639302506130000000, 8, 1, 3, NULL, 1, 10, NULL, 0),
    (76, 12, 5, 639302536800000000, 10, 3, 4, NULL, NULL, NULL, NULL, 0),
    (77, 12, 8, 639303033670000000, 10, 4, 5, NULL, NULL, NULL, NULL, 0),
    (78, 12, 11, 639303050340000000, 10, 5, 7, NULL, NULL, NULL, '更换漏保，按试验键动作正常', 0),
    (79, 12, 12, 639303925430000000, 49, 7, 9, NULL, NULL, NULL, NULL, 0);
INSERT INTO "RepairPauses" ("Id", "TicketId", "From", "To", "Reason") VALUES
    (1, 7, 639277170750000000, 639277995150000000, 2);
INSERT INTO "RepairTickets" ("Id", "AnsweredAt", "AskedLate", "AskedMinutes", "BuildingId", "CampusId", "CategoryId", "CompletedAt", "CompletionStep", "ContactPhone", "Cost", "CrewId", "Description", "DueAt", "EndedAt", "EventCount", "ExtraMinutes", "FiledById", "HeldFor", "HeldFrom", "IsOverdue", "IsResponseLate", "LastEventAt", "NudgedAt", "Nudges", "Number", "OverdueSince", "OwnerId", "PausedLeftMinutes", "PlaceWords", "Pressing", "PromisedAt", "RatingWords", "Repeats", "ReporterId", "RespondedAt", "ResponseDueAt", "ResponseStep", "ReworkOfId", "RoomId", "SentBack", "ServiceLevelId", "Source", "SourceKey", "Stars", "Status", "SubmissionKey", "SubmittedAt", "TechnicianId", "Transfers", "Urgency", "Version", "VisitDay", "VisitSlotId", "WatchAt") VALUES
    (1, 639243561630000000, 0, NULL, 3, 1, 16, 639243561630000000, NULL, '18700007582', NULL, 1, '热水忽冷忽热，洗到一半变凉水', 639245991030000000, 639249609760000000, 6, 0, NULL, NULL, NULL, 0, 0, 639249609760000000, NULL, 0, 'BX20260907-0001', NULL, 8, NULL, '梅园1号楼 417 Plum Court 1 417', 5240718359987387903, NULL, NULL, 0, 126, 639243404160000000, 639243615030000000, NULL, NULL, 353, 0, 3, NULL, NULL, NULL, 9, NULL, 639243399030000000, 10, 0, 3, 1, '2026-09-09', 3, NULL),
    (2, 639258439490000000, 0, NULL, 2, 1, 29, 639258439490000000, NULL, '18700004053', NULL, 2, '锁芯转不动，要试很多次才能开，女生寝室，上门前请先联系', 639259273770000000, 639259784490000000, 7, 0, NULL, NULL, NULL, 0, 0, 639259799990000000, NULL, 0, 'BX20260924-0001', NULL, 8, NULL, '竹园3号楼 512 Bamboo Court 3 512', 5240715816304887903, NULL, NULL, 0, 27, 639258414180000000, 639258418770000000, NULL, NULL, 235, 0, 1, NULL, NULL, 4, 9, NULL, 639258409770000000, 17, 0, 1, 1, NULL, NULL, NULL),
    (3, 639259876040000000, 0, NULL, 1, 1, 28, 639259876040000000, NULL, '13800009745', NULL, 2, '卫生间门把手转不动，人差点被关在里面', 639263574000000000, 639265924080000000, 6, 0, NULL, NULL, NULL, 0, 0, 639265924080000000, NULL, 0, 'BX20260925-0001', NULL, 8, NULL, '竹园1号楼 412 Bamboo Court 1 412', 5240714281407387903, NULL, NULL, 0, 79, 639259764770000000, 639261648000000000, NULL, NULL, 72, 0, 3, NULL, NULL, NULL, 9, NULL, 639259403430000000, 15, 0, 3, 1, '2026-09-28', 2, NULL),
    (4, NULL, 0, NULL, 3, 1, 12, NULL, NULL, '18700004017', NULL, 1, '洗手池下水管接头松了，洗手时水流一地', 639261846000000000, 639259765360000000, 3, 0, NULL, NULL, NULL, 0, 0, 639259765360000000, NULL, 0, 'BX20260926-0001', NULL, 6, NULL, '梅园1号楼 306 Plum Court 1 306', 5240715821087387903, NULL, NULL, 0, 111, 639259759860000000, 639261576000000000, NULL, NULL, 324, 0, 2, NULL, NULL, NULL, 11, NULL, 639259738210000000, 10, 0, 2, 1, '2026-09-27', 3, NULL),
    (5, 639263448920000000, 0, NULL, 2, 1, 32, 639263448920000000, NULL, '13800001902', NULL, 2, '阳台窗帘轨道弯了，白天都有课，晚上七点后来比较好', 639271903440000000, 639263522580000000, 8, 0, 9, NULL, NULL, 0, 0, 639263543480000000, NULL, 0, 'BX20260930-0001', NULL, 9, NULL, '竹园3号楼 311 Bamboo Court 3 311', 5240714881782387903, NULL, NULL, 0, 46, 639263274310000000, 639263479440000000, NULL, NULL, 190, 0, 3, NULL, NULL, 4, 9, NULL, 639263263440000000, 15, 0, 3, 1, '2026-10-02', 3, NULL),
    (6, NULL, 0, NULL, 6, 2, 34, NULL, NULL, '15000006168', NULL, NULL, '教室第四排连体椅坐板断了', 639272214000000000, 639266281430000000, 2, 0, NULL, NULL, NULL, 0, 0, 639266281430000000, NULL, 0, 'BX20261003-0001', NULL, NULL, NULL, '第一教学楼 208 Teaching Building 1 208', 5240714192069887903, NULL, NULL, 0, 92, NULL, 639270288000000000, NULL, NULL, 563, 0, 3, NULL, NULL, NULL, 11, NULL, 639266247770000000, NULL, 0, 3, 1, '2026-10-04', 3, NULL),
    (7, 639278083230000000, 0, NULL, 2, 1, 37, 639278083230000000, NULL, '13800001902', NULL, 4, '墙面受潮起泡，一碰就掉粉，上学期也报修过一次', 639281603250000000, 639278119280000000, 9, 0, NULL, NULL, NULL, 0, 0, 639278183980000000, NULL, 0, 'BX20261015-0001', NULL, 7, NULL, '竹园3号楼 311 Bamboo Court 3 311', 5240711232607387903, NULL, NULL, 0, 46, 639277037760000000, 639277200000000000, NULL, NULL, 190, 0, 3, NULL, NULL, 4, 9, NULL, 639276722140000000, 21, 0, 3, 1, '2026-10-17', 1, NULL),
    (8, 639291195520000000, 0, NULL, 3, 1, 57, 639291195520000000, NULL, '15000004724', NULL, 4, '寝室有蟑螂，柜子里都是，白天都有课，晚上七点后来比较好', 639293814000000000, 639294572900000000, 7, 0, NULL, NULL, NULL, 0, 0, 639294572900000000, NULL, 0, 'BX20261031-0001', NULL, 7, NULL, '梅园1号楼 608 Plum Court 1 608', 5240707119202387903, NULL, NULL, 0, 128, 639290337980000000, 639291888000000000, NULL, NULL, 380, 0, 3, NULL, NULL, NULL, 9, NULL, 639290310280000000, 23, 0, 3, 1, NULL, NULL, NULL),
    (9, 639296237590000000, 0, NULL, 5, 2, 35, 639296237590000000, NULL, '15000006863', NULL, 2, '三号床的护栏松动，睡上铺害怕', 639297936000000000, 639296299760000000, 8, 0, NULL, NULL, NULL, 0, 0, 639296321090000000, NULL, 0, 'BX20261106-0001', NULL, 8, NULL, '兰园2号楼 606 Orchid Court 2 606', 5240706687487387903, NULL, NULL, 0, 137, 639295433680000000, 639295488000000000, NULL, NULL, 518, 0, 2, NULL, NULL, 5, 9, NULL, 639295375210000000, 15, 0, 2, 1, '2026-11-08', 2, NULL),
    (10, 639298832550000000, 0, NULL, 5, 2, 18, 639298832550000000, NULL, '15000007576', NULL, 1, 'The main light flickers all evening, please replace it.', 639300439750000000, 639299912060000000, 9, 0, NULL, NULL, NULL, 0, 0, 639299912060000000, 639298676140000000, 1, 'BX20261109-0001', NULL, 6, NULL, '兰园2号楼 511 Orchid Court 2 511', 5240705784412387903, NULL, NULL, 0, 140, 639297873950000000, 639298063750000000, NULL, NULL, 507, 0, 3, NULL, NULL, NULL, 9, NULL, 639297847750000000, 10, 0, 3, 1, NULL, NULL, NULL),
    (11, 639299746780000000, 0, NULL, 1, 1, 28, 639299746780000000, NULL, '13800003310', NULL, 2, '衣帽间门脱轨，掉下来差点砸到脚', 639301590000000000, 639300422620000000, 8, 0, NULL, NULL, NULL, 0, 0, 639300437410000000, NULL, 0, 'BX20261110-0001', NULL, 5, NULL, '竹园1号楼 601 Bamboo Court 1 601', 5240705656772387903, NULL, NULL, 0, 94, 639299154120000000, 639299664000000000, NULL, NULL, 101, 0, 3, NULL, NULL, 5, 9, NULL, 639299140150000000, 17, 0, 3, 1, NULL, NULL, NULL),
    (12, 639303050340000000, 0, NULL, 2, 1, 20, 639303050340000000, NULL, '13800002615', NULL, 1, '插上饮水机就跳闸，拔了还是合不上，从昨天晚上开始的', 639304182000000000, 639303925430000000, 6, 0, NULL, NULL, NULL, 0, 0, 639303925430000000, NULL, 0, 'BX20261114-0001', NULL, 8, NULL, '竹园3号楼 118 Bamboo Court 3 118', 5240704781069887903, NULL, NULL, 0, 49, 639302506130000000, 639303912000000000, NULL, NULL, 153, 0, 2, NULL, NULL, NULL, 9, NULL, 639302476230000000, 10, 0, 2, 1, NULL, NULL, NULL);
INSERT INTO "RepairUses" ("Id", "TicketId", "PartId", "Quantity", "Minutes", "UnitPrice", "Amount", "PersonId", "RecordedById", "At", "WithdrawnAt", "WithdrawnById", "Key", "Version") VALUES
    (1, 1, 15, '1.0', NULL, '42.0', '42.0', 10, 10, 639243559920000000, NULL, NULL, NULL, 1),
    (2, 1, NULL, NULL, 30, '60.0', '30.0', 10, 10, 639243559320000000, NULL, NULL, NULL, 1),
    (3, 2, 46, '1.0', NULL, '88.0', '88.0', 17, 17, 639258437790000000, NULL, NULL, NULL, 1),
    (4, 2, NULL, NULL, 15, '55.0', '13.75', 17, 17, 639258438020000000, NULL, NULL, NULL, 1),
    (5, 5, 57, '0.5', NULL, '14.0', '7.0', 15, 15, 639263446990000000, NULL, NULL, NULL, 1),
    (6, 5, NULL, NULL, 85, '55.0', '77.92', 15, 15, 639263447790000000, NULL, NULL, NULL, 1),
    (7, 7, 61, '1.0', NULL, '28.0', '28.0', 21, 21, 639278080750000000, NULL, NULL, NULL, 1),
    (8, 7, NULL, NULL, 40, '50.0', '33.33', 21, 21, 639278083180000000, NULL, NULL, NULL, 1),
    (9, 8, NULL, NULL, 85, '50.0', '70.83', 23, 23, 639291194860000000, NULL, NULL, NULL, 1),
    (10, 9, 58, '1.0', NULL, '6.0', '6.0', 15, 15, 639296235750000000, NULL, NULL, NULL, 1),
    (11, 9, NULL, NULL, 50, '55.0', '45.83', 15, 15, 639296236060000000, NULL, NULL, NULL, 1),
    (12, 10, 21, '1.0', NULL, '78.0', '78.0', 10, 10, 639298829850000000, NULL, NULL, NULL, 1),
    (13, 10, 19, '3.0', NULL, '16.0', '48.0', 10, 10, 639298832250000000, NULL, NULL, NULL, 1),
    (14, 10, NULL, NULL, 35, '60.0', '35.0', 10, 10, 639298832530000000, NULL, NULL, NULL, 1),
    (15, 11, 49, '1.0', NULL, '75.0', '75.0', 17, 17, 639299744910000000, NULL, NULL, NULL, 1),
    (16, 11, NULL, NULL, 55, '55.0', '50.42', 17, 17, 639299746290000000, NULL, NULL, NULL, 1),
    (17, 12, 28, '1.0', NULL, '39.0', '39.0', 10, 10, 639303049530000000, NULL, NULL, NULL, 1);
INSERT INTO "Rooms" ("Id", "BuildingId", "Code", "Floor", "Name", "NameEn", "RetiredAt", "RetiredBecause", "RetiredById", "Version") VALUES
    (1, 1, '101', 1, '101', '101', NULL, NULL, NULL, 1),
    (43, 1, '303', 3, '303', '303', NULL, NULL, NULL, 1),
    (72, 1, '412', 4, '412', '412', NULL, NULL, NULL, 1),
    (101, 1, '601', 6, '601', '601', NULL, NULL, NULL, 1),
    (136, 2, '101', 1, '101', '101', NULL, NULL, NULL, 1),
    (153, 2, '118', 1, '118', '118', NULL, NULL, NULL, 1),
    (190, 2, '311', 3, '311', '311', NULL, NULL, NULL, 1),
    (203, 2, '402', 4, '402', '402', NULL, NULL, NULL, 1),
    (235, 2, '512', 5, '512', '512', NULL, NULL, NULL, 1),
    (324, 3, '306', 3, '306', '306', NULL, NULL, NULL, 1),
    (353, 3, '417', 4, '417', '417', NULL, NULL, NULL, 1),
    (371, 3, '517', 5, '517', '517', NULL, NULL, NULL, 1),
    (380, 3, '608', 6, '608', '608', NULL, NULL, NULL, 1),
    (490, 5, '410', 4, '410', '410', NULL, NULL, NULL, 1),
    (502, 5, '506', 5, '506', '506', NULL, NULL, NULL, 1),
    (507, 5, '511', 5, '511', '511', NULL, NULL, NULL, 1),
    (518, 5, '606', 6, '606', '606', NULL, NULL, NULL, 1),
    (563, 6, '208', 2, '208', '208', NULL, NULL, NULL, 1);
INSERT INTO "ServiceLevels" ("Id", "Urgency", "CategoryId", "ResponseMinutes", "CompletionMinutes", "RoundTheClock", "From", "Until", "SetById", "Why", "Version") VALUES
    (1, 1, NULL, 15, 1440, 1, 621355968000000000, NULL, NULL, NULL, 1),
    (2, 2, NULL, 120, 450, 0, 621355968000000000, NULL, NULL, NULL, 1),
    (3, 3, NULL, 240, 1350, 0, 621355968000000000, NULL, NULL, NULL, 1),
    (4, 4, NULL, 1350, 6750, 0, 621355968000000000, NULL, NULL, NULL, 1);
INSERT INTO "SignInNames" ("Name", "PersonId") VALUES
    ('100001', 1),
    ('ADMIN', 1),
    ('ZHENGHAITAO@EXAMPLE.EDU.CN', 1),
    ('100002', 2),
    ('HEPEIYAO@EXAMPLE.EDU.CN', 2),
    ('100011', 3),
    ('MANAGER', 3),
    ('SHENGUODONG@EXAMPLE.EDU.CN', 3),
    ('100012', 4),
    ('LUOYUQIN@EXAMPLE.EDU.CN', 4),
    ('100101', 5),
    ('DISPATCHER', 5),
    ('WANGJING@EXAMPLE.EDU.CN', 5),
    ('100102', 6),
    ('LIMIN@EXAMPLE.EDU.CN', 6),
    ('100103', 7),
    ('ZHOUYATING@EXAMPLE.EDU.CN', 7),
    ('100104', 8),
    ('CHENLIQUN@EXAMPLE.EDU.CN', 8),
    ('100105', 9),
    ('DISPATCHER.EN', 9),
    ('LINXIAOLAN@EXAMPLE.EDU.CN', 9),
    ('100201', 10),
    ('SUNQIANG@EXAMPLE.EDU.CN', 10),
    ('TECHNICIAN', 10),
    ('100202', 11),
    ('MADEFU@EXAMPLE.EDU.CN', 11),
    ('100203', 12),
    ('XUZHIMING@EXAMPLE.EDU.CN', 12),
    ('100204', 13),
    ('HANDONGSHENG@EXAMPLE.EDU.CN', 13),
    ('100205', 14),
    ('YINXIAOLONG@EXAMPLE.EDU.CN', 14),
    ('100206', 15),
    ('LUCHANGHE@EXAMPLE.EDU.CN', 15),
    ('100207', 16),
    ('WUGENBAO@EXAMPLE.EDU.CN', 16),
    ('100208', 17),
    ('DINGJIANYE@EXAMPLE.EDU.CN', 17),
    ('100209', 18),
    ('ZHOUYONGJUN@EXAMPLE.EDU.CN', 18),
    ('100210', 19),
    ('CAOLEI@EXAMPLE.EDU.CN', 19),
    ('100211', 20),
    ('QINZHENHUA@EXAMPLE.EDU.CN', 20),
    ('100212', 21),
    ('CHENBAOGUO@EXAMPLE.EDU.CN', 21),
    ('100213', 22),
    ('LAIWENBIN@EXAMPLE.EDU.CN', 22),
    ('100214', 23),
    ('TONGQIAOYUN@EXAMPLE.EDU.CN', 23),
    ('2025010123', 24),
    ('2025010123@EXAMPLE.EDU.CN', 24),
    ('STUDENT', 24),
    ('2025020051', 25),
    ('2025020051@EXAMPLE.EDU.CN', 25),
    ('2025050048', 26),
    ('2025050048@EXAMPLE.EDU.CN', 26),
    ('2025010130', 27),
    ('2025010130@EXAMPLE.EDU.CN', 27),
    ('2026020054', 28),
    ('2026020054@EXAMPLE.EDU.CN', 28),
    ('2026050060', 29),
    ('2026050060@EXAMPLE.EDU.CN', 29),
    ('2023020029', 46),
    ('2023020029@EXAMPLE.EDU.CN', 46),
    ('2024020026', 49),
    ('2024020026@EXAMPLE.EDU.CN', 49),
    ('2023040030', 79),
    ('2023040030@EXAMPLE.EDU.CN', 79),
    ('2023060035', 92),
    ('2023060035@EXAMPLE.EDU.CN', 92),
    ('2023040039', 94),
    ('2023040039@EXAMPLE.EDU.CN', 94),
    ('2024020046', 111),
    ('2024020046@EXAMPLE.EDU.CN', 111),
    ('2023020052', 126),
    ('2023020052@EXAMPLE.EDU.CN', 126),
    ('2024080074', 128),
    ('2024080074@EXAMPLE.EDU.CN', 128),
    ('2024100067', 137),
    ('2024100067@EXAMPLE.EDU.CN', 137),
    ('2024200019', 140),
    ('2024200019@EXAMPLE.EDU.CN', 140);
INSERT INTO "VisitSlots" ("Id", "Code", "From", "To", "RetiredAt", "Version") VALUES
    (1, 'am1', '08:00:00', '10:00:00', NULL, 1),
    (2, 'am2', '10:00:00', '12:00:00', NULL, 1),
    (3, 'noon', '12:00:00', '14:00:00', NULL, 1),
    (4, 'pm1', '14:00:00', '16:00:00', NULL, 1),
    (5, 'pm2', '16:00:00', '18:00:00', NULL, 1),
    (6, 'eve', '18:00:00', '20:00:00', NULL, 1);
INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES
    ('20261123014257_Initial', '10.0.15'),
    ('20261123025728_IndexTicketsByCategory', '10.0.15'),
    ('20261123144122_CraftOfTriage', '10.0.15'),
    ('20261123144123_OlderTicketsKeepTheirStory', '10.0.15'),
    ('20261123152959_IndexBuildingsByTime', '10.0.15'),
    ('20261125020654_PeopleAndBeds', '10.0.15'),
    ('20261125020655_OlderRoomsHaveBeds', '10.0.15'),
    ('20261125024621_IndexTheDesk', '10.0.15'),
    ('20261125080533_PictureOfPerson', '10.0.15'),
    ('20261125081632_RememberReadings', '10.0.15');
UPDATE sqlite_sequence SET seq = 5 WHERE name = 'AspNetRoles';
UPDATE sqlite_sequence SET seq = 4 WHERE name = 'Crews';
UPDATE sqlite_sequence SET seq = 12 WHERE name = 'RepairTickets';
UPDATE sqlite_sequence SET seq = 1 WHERE name = 'RepairPauses';
UPDATE sqlite_sequence SET seq = 143 WHERE name = 'People';
UPDATE sqlite_sequence SET seq = 1768 WHERE name = 'Beds';
UPDATE sqlite_sequence SET seq = 120 WHERE name = 'Occupancies';
UPDATE sqlite_sequence SET seq = 600 WHERE name = 'Rooms';
UPDATE sqlite_sequence SET seq = 2 WHERE name = 'Campuses';
UPDATE sqlite_sequence SET seq = 1 WHERE name = 'Centres';
UPDATE sqlite_sequence SET seq = 6 WHERE name = 'Buildings';
UPDATE sqlite_sequence SET seq = 29 WHERE name = 'CalendarSpans';
UPDATE sqlite_sequence SET seq = 20 WHERE name = 'OfficeSlots';
UPDATE sqlite_sequence SET seq = 59 WHERE name = 'Categories';
UPDATE sqlite_sequence SET seq = 6 WHERE name = 'VisitSlots';
UPDATE sqlite_sequence SET seq = 5 WHERE name = 'EscalationSteps';
UPDATE sqlite_sequence SET seq = 4 WHERE name = 'ServiceLevels';
UPDATE sqlite_sequence SET seq = 13 WHERE name = 'CannedReplies';
UPDATE sqlite_sequence SET seq = 4 WHERE name = 'LabourRates';
UPDATE sqlite_sequence SET seq = 68 WHERE name = 'Parts';
UPDATE sqlite_sequence SET seq = 68 WHERE name = 'PartPrices';
UPDATE sqlite_sequence SET seq = 147 WHERE name = 'Audit';
UPDATE sqlite_sequence SET seq = 79 WHERE name = 'RepairEvents';
UPDATE sqlite_sequence SET seq = 17 WHERE name = 'RepairUses';
