// Every style, in one order. Whatever brings styles brings them all: the build then makes one file, the same for every page.
import './globals.css';
import './_ui/button.module.css';
import './_ui/choice.module.css';
import './_ui/codes.module.css';
import './_ui/field.module.css';
import './_ui/margin.module.css';
import './_ui/notice.module.css';
import './_ui/qr-code.module.css';
import './_ui/rows.module.css';
import './_ui/tag.module.css';
import './_ui/waiting.module.css';
