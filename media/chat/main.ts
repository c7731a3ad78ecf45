/** Entry of the chat page. */
import './chat.css';
